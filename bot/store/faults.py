"""Why a database was refused, in words and with what to do next.

Called by the modules of the SQLite store. A sentence says that nothing was changed where that can
be in doubt.
"""

import sqlite3

from bot.errors import StoreError, UnreadableStateError

Words = dict[str, str]

_BUSY = {
    "nb": "Databasen {where} er opptatt av et annet program. Ingenting ble endret; prøv igjen.",
    "nn": "Databasen {where} er oppteken av eit anna program. Ingenting vart endra; prøv igjen.",
    "en": "The database {where} is in use by another program. Nothing was changed; try again.",
}
_FULL = {
    "nb": "Det er ikke plass til mer i {where}. Ingenting ble endret; frigjør plass, prøv igjen.",
    "nn": "Det er ikkje plass til meir i {where}. Ingenting vart endra; frigjer plass, prøv igjen.",
    "en": "There is no room for more in {where}. Nothing was changed; free some space, try again.",
}
_READ_ONLY = {
    "nb": "Databasen {where} kan ikke skrives til. Gi skrivetilgang til fila og mappa.",
    "nn": "Databasen {where} kan ikkje skrivast til. Gi skrivetilgang til fila og mappa.",
    "en": "The database {where} cannot be written to. Allow writing to the file and its folder.",
}
_DAMAGED = {
    "nb": "Databasen {where} er skadet, eller ikke en database. Den er ikke rørt; "
    "hent fram en sikkerhetskopi, eller flytt fila bort og start på nytt.",
    "nn": "Databasen {where} er skadd, eller ikkje ein database. Han er ikkje rørt; "
    "hent fram ein tryggingskopi, eller flytt fila bort og start på nytt.",
    "en": "The database {where} is damaged, or not a database. It was not touched; "
    "restore a backup, or move the file away and start afresh.",
}
_CANNOT_OPEN = {
    "nb": "Databasen {where} kan ikke åpnes. Sjekk at mappa finnes og kan leses.",
    "nn": "Databasen {where} kan ikkje opnast. Sjekk at mappa finst og kan lesast.",
    "en": "The database {where} cannot be opened. Check that its folder exists and can be read.",
}
_DISK = {
    "nb": "Disken svarte med en feil for {where}. Ingenting ble endret; sjekk disken.",
    "nn": "Disken svarte med ein feil for {where}. Ingenting vart endra; sjekk disken.",
    "en": "The disk reported an error for {where}. Nothing was changed; check the disk.",
}
# A quota and a limit on the size of files reach SQLite as a fault of the disk.
_NOT_WRITTEN = {
    "nb": "Disken tok ikke imot mer i {where}: en feil, en kvote, eller en grense for hvor store "
    "filer kan bli. Ingenting ble endret; sjekk disken, kvoten og «ulimit -f».",
    "nn": "Disken tok ikkje imot meir i {where}: ein feil, ein kvote, eller ei grense for kor "
    "store filer kan bli. Ingenting vart endra; sjekk disken, kvoten og «ulimit -f».",
    "en": "The disk took no more for {where}: a fault, a quota, or a limit on how large files may "
    'be. Nothing was changed; check the disk, the quota and "ulimit -f".',
}
_FOREIGN = {
    "nb": "Databasen {where} hører til et annet program. Den er ikke rørt; velg en annen fil.",
    "nn": "Databasen {where} høyrer til eit anna program. Han er ikkje rørt; vel ei anna fil.",
    "en": "The database {where} belongs to another program. It was not touched; choose another.",
}
_NEWER = {
    "nb": "Databasen {where} er laget av en nyere Veiviser. Den er ikke rørt; oppdater Veiviser.",
    "nn": "Databasen {where} er laga av ein nyare Veiviser. Han er ikkje rørt; oppdater Veiviser.",
    "en": "The database {where} was made by a newer Veiviser. It was not touched; update Veiviser.",
}
_UNREADABLE_STATE = {
    "nb": "En samtale i {where} kan ikke leses av denne Veiviser. Den er ikke rørt; "
    "oppdater Veiviser, eller begynn på nytt med «veiviser chat --new».",
    "nn": "Ein samtale i {where} kan ikkje lesast av denne Veiviser. Han er ikkje rørt; "
    "oppdater Veiviser, eller byrj på nytt med «veiviser chat --new».",
    "en": "A conversation in {where} cannot be read by this Veiviser. It was not touched; "
    'update Veiviser, or start afresh with "veiviser chat --new".',
}
_SETTING = {
    "nb": "SQLite godtar ikke {setting} for {where}, så ingenting kan lagres trygt der. "
    "Velg en fil på en disk i denne maskinen.",
    "nn": "SQLite godtek ikkje {setting} for {where}, så ingenting kan lagrast trygt der. "
    "Vel ei fil på ein disk i denne maskina.",
    "en": "SQLite does not take {setting} for {where}, so nothing can be kept safely there. "
    "Choose a file on a disk of this machine.",
}
_NETWORK = (
    "Databasen {where} ligger på en nettverksdisk ({kind}). Der kan SQLite miste det som er "
    "lagret hvis flere maskiner bruker den; velg en disk i maskinen, eller PostgreSQL. / "
    "The database {where} lies on a network drive ({kind}), where SQLite can lose what several "
    "machines write; choose a disk of this machine, or PostgreSQL."
)
_BY_CODE = {
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_PERM: _READ_ONLY,
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _DAMAGED,
    sqlite3.SQLITE_CANTOPEN: _CANNOT_OPEN,
    sqlite3.SQLITE_IOERR: _DISK,
    sqlite3.SQLITE_IOERR_WRITE: _NOT_WRITTEN,
}


def in_words(error: sqlite3.Error, where: str) -> Exception:
    """What to raise: a sentence for what can befall a database, the error itself for a bug."""
    code = getattr(error, "sqlite_errorcode", None)
    # The low byte is the kind.
    words = None if code is None else _BY_CODE.get(code) or _BY_CODE.get(code & 0xFF)
    return error if words is None else _refusal(words, where)


def damaged(where: str) -> StoreError:
    """The file could be opened, but holds damage."""
    return _refusal(_DAMAGED, where)


def foreign(where: str) -> StoreError:
    """The file belongs to another application."""
    return _refusal(_FOREIGN, where)


def newer(where: str) -> StoreError:
    """The file was written by a newer version of this program."""
    return _refusal(_NEWER, where)


def setting_not_taken(where: str, setting: str) -> StoreError:
    """SQLite keeps to another setting than a promise of ours rests on."""
    return _refusal(_SETTING, where, setting=setting)


def on_network(where: str, kind: str) -> str:
    """The operator's warning about a network drive."""
    return _NETWORK.format(where=where, kind=kind)


def unreadable_state(where: str) -> UnreadableStateError:
    """One conversation holds something that this version cannot read."""
    return UnreadableStateError(**_in_three(_UNREADABLE_STATE, where))


def _refusal(words: Words, where: str, **gaps: str) -> StoreError:
    return StoreError(**_in_three(words, where, **gaps))


def _in_three(words: Words, where: str, **gaps: str) -> Words:
    return {lang: said.format(where=where, **gaps) for lang, said in words.items()}
