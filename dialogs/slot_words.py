"""Words that tell a slot anywhere in a message, in the three languages. Data, no logic.

Called by `dialogs.message_slots`. The same rules of writing as in `dialogs.words`: ``*`` at an end
matches longer words. Here nothing may stand that only makes sense as the answer to a question.
"""

from dialogs.words import CHOICES, Phrases


def _phrases(text: str) -> Phrases:
    """One phrase on each line, or several with commas between."""
    return tuple(part.strip() for part in text.replace("\n", ",").split(",") if part.strip())


# The register, by its names in the two written standards and as it is often misspelt.
REGISTER = _phrases("""
    frivillighetsreg*, frivilligreg*, frivilligheitsreg*, frivillighetreg*, frivilighetsreg*
    frivillihetsreg*, frivillig register, frivillighets registeret, frivilligsregister*
    register of non-profit*, register of nonprofit*, voluntary register, volunteer register
""")
REGISTERED = _phrases("registrert, registrerte, registret, registert, regstrert, registered")
UNREGISTERED = _phrases("uregistrert*, unregistered")
OTHER_REGISTER = _phrases("enhetsreg*, einingsreg*, brønnøysund*, orgnr, orgnummer*")
ONLY = ("bare", "berre", "kun", "only")
NOT_YET = _phrases("""
    ikke, ikkje, ike, not, aldri, mangler, manglar, uten, utan, isn't, aren't, haven't, never
    bare, berre, kun, only
""")

DENIALS = _phrases("""
    ikke, ikkje, ingen, inga, uten, utan, unntatt, unnateke, neppe, hverken, verken, korkje, not
    without, except, neither
""")

SCOPE: dict[str, Phrases] = {
    "local": _phrases("""
        lokalt, lokal aktivitet, lokalt tiltak, bare her, berre her, kun her, i nabolaget
        i bydelen, i bygda, local, locally, bare et tiltak på
    """),
    "several_municipalities": _phrases("""
        flere kommuner, fleire kommunar, to kommuner, to kommunar, tre kommuner, tre kommunar
        nabokommunene, nabokommunane, regionalt, several municipalities
    """),
    "national": _phrases("""
        nasjonal*, landsdekkende, landsdekkande, landsomfattende, landsomfattande, hele landet
        heile landet, hele norge, heile noreg, alle fylker, alle fylke, alle kommuner
        alle kommunar, national, nationally, nationwide, whole country, entire country
        all over norway, all of norway, across norway, across the country, every county
    """),
    "central_body": _phrases("sentralledd*, central body, head office of a national*"),
    "transferable": _phrases("""
        overføringsverdi*, overforingsverdi*, overføringsverdi til hele landet
        overføringsverdi til heile landet, overføringsverdi for hele landet
        kan brukes i hele landet, kan brukes av hele landet, brukes av hele landet
        brukes i hele landet, brukast i heile landet, brukast av heile landet
        kan brukes andre steder, kan brukes av andre, modell for hele landet, modell for andre
        transfer value, transferable, used by the whole country, used in the whole country
        used across the country
    """),
}
# «landsdekkende forening» tells what the organisation is, not how far the measure reaches.
NATIONWIDE_ORGANISATION = _phrases("""
    landsdekkende forening*, landsdekkende organisasjon*, landsdekkende forbund*
    landsdekkande organisasjon*, landsdekkande foreining*, nasjonal organisasjon*
    nasjonal forening*, nationwide organisation*, national organisation*, national association*
""")
# What is done so does not stay in one place, wherever the organisation is.
NOT_BOUND_TO_A_PLACE = _phrases("""
    digital*, nettbasert*, nettkurs*, podkast*, podcast*, app, nettside*, kampanje*, campaign*
    online, video*, film*, forbund*, landsforening*, landsforbund*
""")

GROUPS: dict[str, Phrases] = {
    "immigrants": CHOICES["target_groups"]["immigrants"]
    + _phrases("""
        fremmedspråk*, framandspråk*, utenlandsk*, newcomer*, foreigner*, somal*, kurd*, eritre*
        syrer*, syrisk*, afghan*, polsk*, polakk*, litau*, tamil*, vietnames*, pakistan*, irak*
        iran*, etiop*, tyrkisk*, arabisk*, ukrain*, burund*, kongoles*, chilen*, filippin*
        bosni*, kvinner med innvandrerbakgrunn, innvandrarbakgrunn
    """),
    "refugees": (*CHOICES["target_groups"]["refugees"], "flyktnigner", "flykninger"),
    "reception_centre": _phrases("""
        mottak, mottaket, mottaka, mottakene, mottaks*, asylmottak*, asylsøk*, asylsok*
        asylum seeker*, reception centre*, reception center*, asylum centre*, asylum center*
    """),
    "local_population": CHOICES["target_groups"]["local_population"]
    + _phrases("""
        nabo*, nordmenn, etnisk norske, majoritetsbefolkning*, heimføding*, alle andre, folk flest
        folk i området, folk i bygda, folk fra bygda, lokalfolk, norske familier, norske familiar
        norwegians, neighbourhood, villagers, townspeople
    """),
}
# The endings of what people of a place are called: mysenfolk, hamarsinger, figgjobuar.
INHABITANTS = _phrases("""
    folk, singer, singar, inger, ingar, væringer, væringar, vaeringer, buer, buar, boere, døler
    dølar, fjerdinger, arar, ensere
""")

CORRECTION = _phrases("""
    jeg mente, eg meinte, mente, meinte, nei vent, vent, nei vi, nei me, egentlig, eigentleg
    rettelse, retting, feil, i stedet, i staden, beklager, sorry, i meant, we meant, actually
    correction, no wait, instead
""")

QUESTION_WORDS = _phrases("""
    hva, kva, hvem, kven, hvor, kor, kvar, når, hvilke, hvilken, hvilket, hvordan, korleis
    hvorfor, kvifor, what, who, whom, where, when, which, how, why, kan vi, kan me, kan dere
    får vi, får me, må vi, må me, skal vi, er det, er vi, er dette, gjelder det, finnes det
    finst det, can we, can i, may we, do we, does, is it, is there, are there, are we, must we
    should we
""")

CENTRE = _phrases("""
    mottaket, mottak, asylmottak, asylmottaket, mottaka, reception centre, reception center
    asylum centre, asylum center
""")
REGISTERED_HERE = _phrases("""
    registrert i, registrert på, registrerte i, registered in, holder til, held til, hører til
    høyrer til, basert i, based in, lag i, forening i, foreining i, organisasjon i
    organisation in, association in, club in, vi er i, vi er fra, me er i, me er frå, we are in
    we're in, we are from, adresse i
""")
ACTIVITY_HERE = _phrases("""
    aktiviteten er, aktivitetene er, tiltaket er, prosjektet er, foregår i, foregår på, skjer i
    skjer på, går føre seg i, skal være i, skal vere i, activity is in, takes place in
    project is in
""")
