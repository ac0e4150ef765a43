"""The words around people's names, in bokmål, nynorsk and English. Data, no logic.

Called by `bot.masking_names`, which folds them as it folds a text. Phrases are in small letters,
with a bar or a line's end between them; nothing here is anybody's name.
"""

# A name follows at once, with a capital or without.
SAYS = """
    jeg heter | jeg hete | eg heiter | eg heter | eg heitar | æ heter | æ hete | æ heite | i heiter
    mitt navn er | mitt fulle navn er | navnet mitt er | navn mitt er | fullt navn er
    mitt namn er | mitt fulle namn er | namnet mitt er | namn mitt er | jeg kalles | eg kallast
    hans navn er | hennes navn er | namnet hans er | namnet hennar er | kall meg
    han heter | hun heter | han heiter | ho heiter | ho heter | mannen min heter | kona mi heter
    kona min heter | mannen min heiter | kona mi heiter | sønnen min heter | sonen min heiter
    datteren min heter | dattera mi heter | dottera mi heiter | barnet mitt heter
    my name is | my name's | my full name is | my names is | i am called | i'm called | they call me
    people call me | you can call me | his name is | her name is
"""
# As above, but the name stands before it: «Kari heter jeg».
SAID_AFTER = """
    heter jeg | heiter eg | er navnet mitt | er namnet mitt | er mitt navn | er mitt namn
    is my name
"""

# People who are named by what they do: «styreleder Kari Nordmann», «leder: kari».
ROLES = """
    kontaktperson | kontaktpersonen | kontaktpersonen vår | leder | lederen | lederen vår | leiar
    leiaren | leiaren vår | styreleder | styrelederen | styrelederen vår | styreleiar
    styreleiaren | styreleiaren vår | nestleder | nestleiar | daglig leder | dagleg leiar
    prosjektleder | prosjektlederen | prosjektleiar | prosjektleiaren | kursleder | kursleiar
    koordinator | koordinatoren | kasserer | kassereren | kasserar | kasseraren | sekretær
    sekretæren | styremedlem | ansvarlig | ansvarleg
    contact person | chair | chairman | chairwoman | chairperson | leader | treasurer | secretary
    project manager | coordinator | board member | person responsible
"""
# A name with a capital follows; one word of it is enough.
INTRODUCES = """
    jeg er | eg er | æ er | æ e | jeg e | i am | i'm | im | her snakker | call me
    min kollega | kollegaen min | mannen min | min mann | kona mi | min kone | sønnen min
    datteren min | dattera mi | sonen min | dottera mi | venninnen min | vennen min
    my husband | my wife | my son | my daughter | my colleague | my friend
    herr | hr. | hr | fru | frk. | mr | mr. | mrs | mrs. | ms | ms. | dr. | imam | pastor
    snakk med | snakket med | snakka med | snakke med | kontakt gjerne | spør etter | ring til
    ta kontakt med | ta kontakt hos | kontakte | høre med | skrevet av | skrive av | signert av
    undertegnede, | underteikna, | the undersigned, | written by | signed by
    talk to | talk with | speak to | speak with | spoke to | spoke with | ask for | please contact
"""
# What follows may also be a place: only a name of two words and more, or one «from» somewhere.
INTRODUCES_FULL = """
    navnet er | namnet er | name is | dette er | det er | her er | this is | it is | it's
    kontakt | contact | lærer | lærar | frivillig | volunteer | manager | medlem
"""

# A name follows after a colon or a dash, with a capital or without; after a role as well.
LABELS = """
    navn | namn | name | fullt navn | fullt namn | full name | fornavn | førenamn | first name
    etternavn | etternamn | last name | surname | family name | underskrift | signatur | signature
    mitt navn | mitt namn | my name | signert | skrevet av | skrive av | written by | sent by
    sendt av | kontakt | kontaktinfo | søker | søkjar | contact | manager | applicant
"""

# Short for it, without a colon: «v/ Kari Nordmann».
CARE_OF = "v/ | c/o | att: | att. | attn: | attn."

# The name follows on the same line or the next, with a capital or without.
CLOSINGS = """
    mvh | m.v.h. | m.v.h | vh | vennlig hilsen | med vennlig hilsen | vennlige hilsener
    med vennlige hilsener | venleg helsing | med venleg helsing | vennleg helsing
    med vennleg helsing | beste hilsen | beste helsing | beste helsingar | gode hilsener
    varm hilsen | varme hilsener | mange hilsener | mange helsingar
    best regards | kind regards | kindest regards | warm regards | with kind regards
    yours sincerely | sincerely yours | yours faithfully | yours truly | best wishes
"""
# These stand inside a sentence too: in small letters a name follows only where they begin a line.
WEAK_CLOSINGS = """
    hilsen | helsing | hilsener | helsingar | hilsning | hilsninger | med hilsen | med helsing
    hels | klem | regards | with regards | rgds | br | sincerely | respectfully | yours | cheers
    all the best
"""
# After these more may follow: in small letters only what ends the message is a name.
THANKS = """
    takk | tusen takk | takk på forhånd | på forhånd takk | takk på førehand | på førehand takk
    takk igjen | ha det bra | ha ein fin dag | ha en fin dag | alt godt
    thanks | thank you | many thanks | thanks in advance | thanks again
"""

# Words between the parts of a name.
PARTICLES = "van von de der den af al el bin bint ben ibn abu abd da di du la le ter"

# Where a name in small letters ends, or has not begun.
NO_NAMES = """
    og eller men at som for fordi så om når da til fra frå i på av med ved hos mot under over
    etter før uten utan bak mellom gjennom hvis dersom enn ut inn opp ned
    jeg eg æ du vi me han hun ho det den de dei dere de dykk oss meg deg seg dem man ein en et
    eit ei min mi mitt mine din vår vårt våre dykkar deres denne dette disse desse
    er var blir ble vart har hadde skal skulle vil ville kan kunne må måtte bør får fekk fikk
    heter heiter bor bur kommer kjem jobber arbeider arbeidar driver driv leier leiar
    lurer lurar ønsker ønskjer trenger treng søker søkjer spør skriver skriv ringer ringjer
    representerer tror trur vet veit tenker tenkjer gjør gjer går reiser snakker snakkar
    ikke ikkje aldri alltid også òg bare berre her der nå no hit dit ja nei jo
    hva hvem hvor hvordan hvorfor kva kven kor korleis kvifor hvilken
    noe noen noko nokon alle ingen mange få flere fleire andre samme same ny nye god
    leder lederen leiaren styret styreleder styreleiar styremedlem nestleder kasserer
    kasserar sekretær medlem medlemmer frivillig frivillige ansvarlig ansvarleg koordinator
    prosjektleder prosjektleiar kontaktperson daglig dagleg lærer lærar student pensjonist
    telefon tlf mobil epost e-post mail adresse nummer fødselsnummer født orgnr
    organisasjonsnummer takk hei hallo vennlig venleg hilsen helsing mvh ukjent anonym hemmelig
    and or but that which who because so if when to from in on of with by about as
    you we he she it they us him them my your our their his its this these those
    am is was were be been have has had does did would can could should might
    live lives work works want wants need needs come comes apply like wondering wonder
    write writing represent think know not never always only now yes what where how why a an the
    some any all none new very just leader chair treasurer secretary member volunteer coordinator
    manager teacher phone email address number team board everyone everybody unknown anonymous
    thanks regards
"""

# Belonging, conviction and moods, which English writes with a capital or after «I am».
NO_PERSONS = """
    norwegian syrian somali afghan eritrean ethiopian iraqi iranian kurdish kurd turkish polish
    pole swedish danish finnish german english british american ukrainian russian lithuanian
    pakistani indian tamil chinese vietnamese filipino thai sudanese congolese palestinian arab
    african european asian muslim christian catholic jewish hindu buddhist protestant orthodox
    monday tuesday wednesday thursday friday saturday sunday january february march april
    june july august september october november december christmas easter ramadan
    ok okay sorry sure happy glad afraid interested
"""

# Words and endings of what organisations and places are called; a person's name holds none.
ORGANISATION_WORDS = """
    norge noreg norway norsk norske norges noregs nordic norwegian oslo bergen trondheim
    stavanger fylke bydel røde raude kors redd barna kirkens bymisjon frelsesarmeen caritas
    imdi udi nav brreg altinn bufdir veiviser frivilligheten ungdom kvinner barn foreldre
    innvandrere flyktninger flyktningar international internasjonal verden world red cross save
    children and for hjelp aid help friends venner vener lag råd kor hjem heim
    sør nord øst vest indre ytre øvre nedre østre vestre søndre nordre midtre
    il fk 4h ymca kfuk kfum nks lhl nmf sos
"""
ORGANISATION_ENDINGS = """
    forening foreningen foreninga foreining foreininga lag laget klubb klubben klubba
    forbund forbundet rådet senter senteret sentral sentralen stiftelse stiftelsen stifting
    kirke kyrkje kirken kyrkja menighet menigheten kyrkjelyd moske moské moskeen skole skolen skule
    skulen barnehage barnehagen kommune kommunen kafe kafé kafeen kaféen mottak mottaket gruppe
    gruppen gruppa
    nettverk nettverket bibliotek biblioteket hjelpen hjelpa organisasjon organisasjonen prosjekt
    prosjektet tiltak tiltaket utvalg utvalget kontoret huset arbeid arbeidet misjon misjonen
    samfunn samfunnet korps korpset skor koret teater teateret festival festivalen verksted
    verkstedet kurs kurset krets kretsen region regionen avdeling avdelinga avdelingen union
    unionen allianse alliansen fellesskap fellesskapet
    association club church mosque foundation society centre center group organisation
    organization council committee network school municipality community project initiative
"""
