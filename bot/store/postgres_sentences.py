"""What an operator reads when PostgreSQL is refused or refuses: what is wrong, and what to do.

Used by ``bot.store.postgres_faults``, which chooses. ``{where}`` is host, port and database. A
sentence says that nothing was changed where that can be in doubt and is so.
"""

Words = dict[str, str]

NO_ANSWER = {
    "nb": "PostgreSQL på {where} svarer ikke. Sjekk at den kjører, og at adressen i "
    "VEIVISER_DATABASE_URL stemmer. Et svar som var lagret, lagres ikke to ganger; prøv igjen.",
    "nn": "PostgreSQL på {where} svarer ikkje. Sjekk at han køyrer, og at adressa i "
    "VEIVISER_DATABASE_URL stemmer. Eit svar som var lagra, blir ikkje lagra to gonger; prøv "
    "igjen.",
    "en": "PostgreSQL at {where} does not answer. Check that it runs, and the address in "
    "VEIVISER_DATABASE_URL. What had been kept is not kept twice; try again.",
}
SLOW = {
    "nb": "PostgreSQL på {where} brukte for lang tid. Sjekk hva den er opptatt med, og om den kan "
    "nås. Et svar som var lagret, lagres ikke to ganger; prøv igjen.",
    "nn": "PostgreSQL på {where} brukte for lang tid. Sjekk kva han er oppteken med, og om han kan "
    "nåast. Eit svar som var lagra, blir ikkje lagra to gonger; prøv igjen.",
    "en": "PostgreSQL at {where} took too long. Check what it is busy with, and whether it can be "
    "reached. What had been kept is not kept twice; try again.",
}
NOT_LET_IN = {
    "nb": "PostgreSQL på {where} slipper ikke inn denne brukeren. Sjekk brukernavn og passord i "
    "VEIVISER_DATABASE_URL.",
    "nn": "PostgreSQL på {where} slepp ikkje inn denne brukaren. Sjekk brukarnamn og passord i "
    "VEIVISER_DATABASE_URL.",
    "en": "PostgreSQL at {where} does not let this user in. Check the user name and the password "
    "in VEIVISER_DATABASE_URL.",
}
NO_DATABASE = {
    "nb": "Det er ingen slik database som {where}. Lag den med createdb, eller rett "
    "VEIVISER_DATABASE_URL.",
    "nn": "Det finst ingen slik database som {where}. Lag han med createdb, eller rett "
    "VEIVISER_DATABASE_URL.",
    "en": "There is no such database as {where}. Make it with createdb, or correct "
    "VEIVISER_DATABASE_URL.",
}
NOT_ALLOWED = {
    "nb": "Brukeren har ikke lov til dette i {where}. Gjør brukeren til eier av databasen.",
    "nn": "Brukaren har ikkje lov til dette i {where}. Gjer brukaren til eigar av databasen.",
    "en": "The user is not allowed to do this in {where}. Make the user the database's owner.",
}
READ_ONLY = {
    "nb": "Databasen {where} kan bare leses: er den en kopi? Bruk adressen til hovedserveren.",
    "nn": "Databasen {where} kan berre lesast: er han ein kopi? Bruk adressa til hovudtenaren.",
    "en": "The database {where} can only be read: is it a standby? Use the primary's address.",
}
FULL = {
    "nb": "Det er ikke plass til mer i {where}. Ingenting ble endret; frigjør plass, prøv igjen.",
    "nn": "Det er ikkje plass til meir i {where}. Ingenting vart endra; frigjer plass, prøv igjen.",
    "en": "There is no room for more in {where}. Nothing was changed; free some space, try again.",
}
BUSY = {
    "nb": "Databasen {where} er for opptatt. Ingenting ble endret; prøv igjen.",
    "nn": "Databasen {where} er for oppteken. Ingenting vart endra; prøv igjen.",
    "en": "The database {where} is too busy. Nothing was changed; try again.",
}
TOO_MANY = {
    "nb": "PostgreSQL på {where} tar ikke imot flere forbindelser. Kjør færre arbeidere, eller "
    "sett max_connections høyere.",
    "nn": "PostgreSQL på {where} tek ikkje imot fleire sambindingar. Køyr færre arbeidarar, eller "
    "set max_connections høgare.",
    "en": "PostgreSQL at {where} takes no more connections. Run fewer workers, or raise "
    "max_connections.",
}
DAMAGED = {
    "nb": "Databasen {where} er skadet. Ingenting ble endret; hent fram en sikkerhetskopi.",
    "nn": "Databasen {where} er skadd. Ingenting vart endra; hent fram ein tryggingskopi.",
    "en": "The database {where} is damaged. Nothing was changed; restore a backup.",
}
ADDRESS = {
    "nb": "Adressen {where} i VEIVISER_DATABASE_URL kan ikke brukes. Sjekk det som står etter ?.",
    "nn": "Adressa {where} i VEIVISER_DATABASE_URL kan ikkje brukast. Sjekk det som står etter ?.",
    "en": "The address {where} in VEIVISER_DATABASE_URL cannot be used. Check what follows the ?.",
}
OTHER = {
    "nb": "PostgreSQL på {where} svarte med feil {code}. Ingenting ble endret; se i loggen dens.",
    "nn": "PostgreSQL på {where} svarte med feil {code}. Ingenting vart endra; sjå i loggen hans.",
    "en": "PostgreSQL at {where} answered with error {code}. Nothing was changed; see its log.",
}
FOREIGN = {
    "nb": "Databasen {where} hører til et annet program. Den er ikke rørt; velg en tom database.",
    "nn": "Databasen {where} høyrer til eit anna program. Han er ikkje rørt; vel ein tom database.",
    "en": "The database {where} belongs to another program. It was not touched; choose an empty "
    "one.",
}
NEWER = {
    "nb": "Databasen {where} er laget av en nyere Veiviser. Den er ikke rørt; oppdater Veiviser.",
    "nn": "Databasen {where} er laga av ein nyare Veiviser. Han er ikkje rørt; oppdater Veiviser.",
    "en": "The database {where} was made by a newer Veiviser. It was not touched; update Veiviser.",
}
NOT_UTF8 = {
    "nb": "Databasen {where} lagrer ikke alle bokstaver. Den er ikke rørt; lag en med "
    "createdb --encoding=UTF8 --template=template0.",
    "nn": "Databasen {where} lagrar ikkje alle bokstavar. Han er ikkje rørt; lag ein med "
    "createdb --encoding=UTF8 --template=template0.",
    "en": "The database {where} cannot hold every letter. It was not touched; make one with "
    "createdb --encoding=UTF8 --template=template0.",
}
UNREADABLE_STATE = {
    "nb": "En samtale i {where} kan ikke leses av denne Veiviser. Den er ikke rørt; "
    "oppdater Veiviser.",
    "nn": "Ein samtale i {where} kan ikkje lesast av denne Veiviser. Han er ikkje rørt; "
    "oppdater Veiviser.",
    "en": "A conversation in {where} cannot be read by this Veiviser. It was not touched; "
    "update Veiviser.",
}
