"""Why a whole database was not copied, moved or replaced, in words and with what to do next.

Called by the modules of ``bot.store`` and ``bot.database`` that care for whole databases.
"""

from collections.abc import Iterable

from bot.errors import StoreError


def not_empty(where: str) -> StoreError:
    """There are rows in a database that was to be filled."""
    return StoreError(
        nb=f"Databasen {where} er ikke tom. Den er ikke rørt; velg en tom database.",
        nn=f"Databasen {where} er ikkje tom. Han er ikkje rørt; vel ein tom database.",
        en=f"The database {where} is not empty. It was not touched; choose an empty one.",
    )


def has_conversations(where: str, conversations: int) -> StoreError:
    """A backup would replace conversations."""
    return StoreError(
        nb=f"Databasen {where} har {conversations} samtaler. Den er ikke rørt; bruk --force for å "
        "bytte den ut. Da blir den gamle liggende ved siden av.",
        nn=f"Databasen {where} har {conversations} samtalar. Han er ikkje rørt; bruk --force for å "
        "byte han ut. Då blir den gamle liggande ved sida av.",
        en=f"The database {where} has {conversations} conversations. It was not touched; use "
        "--force to replace it. The old one is then kept beside it.",
    )


def in_use(where: str) -> StoreError:
    """Another process has the file open."""
    return StoreError(
        nb=f"Databasen {where} er i bruk. Den er ikke rørt; stopp Veiviser og prøv igjen.",
        nn=f"Databasen {where} er i bruk. Han er ikkje rørt; stopp Veiviser og prøv igjen.",
        en=f"The database {where} is in use. It was not touched; stop Veiviser and try again.",
    )


def changed_meanwhile(where: str) -> StoreError:
    """Turns were taken in a database while it was moved."""
    return StoreError(
        nb=f"Databasen {where} ble brukt mens den ble flyttet. Ingenting er flyttet; stopp "
        "Veiviser og prøv igjen.",
        nn=f"Databasen {where} vart brukt medan han vart flytta. Ingenting er flytta; stopp "
        "Veiviser og prøv igjen.",
        en=f"The database {where} was used while it was moved. Nothing was moved; stop Veiviser "
        "and try again.",
    )


def not_the_same(where: str, tables: Iterable[str]) -> StoreError:
    """What was read back is not what was put."""
    names = ", ".join(tables)
    return StoreError(
        nb=f"Det som ble lest tilbake fra {where}, er ikke det som ble lagret ({names}). "
        "Ingenting er flyttet; sjekk disken.",
        nn=f"Det som vart lese tilbake frå {where}, er ikkje det som vart lagra ({names}). "
        "Ingenting er flytta; sjekk disken.",
        en=f"What was read back from {where} is not what was put there ({names}). Nothing was "
        "moved; check the disk.",
    )


def is_there(where: str) -> StoreError:
    """A file that would be overwritten."""
    return StoreError(
        nb=f"{where} finnes allerede. Den er ikke rørt; velg et annet navn, eller bruk --force.",
        nn=f"{where} finst allereie. Ho er ikkje rørt; vel eit anna namn, eller bruk --force.",
        en=f"{where} is there already. It was not touched; choose another name, or use --force.",
    )


def is_there_in_folder(where: str) -> StoreError:
    """A folder that holds files of the same names."""
    return StoreError(
        nb=f"I {where} ligger det en eksport fra før. Den er ikke rørt; velg en annen mappe "
        "med --to.",
        nn=f"I {where} ligg det ein eksport frå før. Han er ikkje rørt; vel ei anna mappe med "
        "--to.",
        en=f"There is an export in {where} already. It was not touched; choose another folder "
        "with --to.",
    )


def would_be_left(where: str, there: int) -> StoreError:
    """Conversations that cannot be given another pseudonym."""
    return StoreError(
        nb=f"Samtaler i {where} som ikke kan få ny kode, fordi kanalen deres ikke lagrer noen "
        f"adresse: {there}. Ingenting ble endret; med --force byttes nøkkelen likevel, og de blir "
        "ikke kjent igjen.",
        nn=f"Samtalar i {where} som ikkje kan få ny kode, fordi kanalen deira ikkje lagrar noka "
        f"adresse: {there}. Ingenting vart endra; med --force blir nøkkelen bytt likevel, og dei "
        "blir ikkje kjende att.",
        en=f"Conversations in {where} that cannot be given a new code, because their channel keeps "
        f"no address: {there}. Nothing was changed; with --force the key is changed all the same, "
        "and they are not recognised again.",
    )


def not_there(where: str) -> StoreError:
    """A file that would be read."""
    return StoreError(
        nb=f"Fila {where} finnes ikke. Ingenting ble endret; sjekk navnet.",
        nn=f"Fila {where} finst ikkje. Ingenting vart endra; sjekk namnet.",
        en=f"There is no file {where}. Nothing was changed; check the name.",
    )


def not_writable(where: str, reason: str) -> StoreError:
    """A file or folder of the operator's that could not be written."""
    return StoreError(
        nb=f"Kan ikke skrive {where}: {reason}. Sjekk at mappa finnes og kan skrives i.",
        nn=f"Kan ikkje skrive {where}: {reason}. Sjekk at mappa finst og kan skrivast i.",
        en=f"Cannot write {where}: {reason}. Check that the folder exists and can be written to.",
    )


def same_database(where: str) -> StoreError:
    """A database is not moved into itself."""
    return StoreError(
        nb=f"{where} er både fra og til. Velg to forskjellige databaser.",
        nn=f"{where} er både frå og til. Vel to ulike databasar.",
        en=f"{where} is both from and to. Choose two different databases.",
    )
