# Every word Veiviser says in nynorsk. A gap such as {$n} stands where a value goes.

greeting =
    Hei! Eg er Veiviser, ei maskin, og ikkje IMDi. Eg viser om organisasjonen dykkar kan søkje om «Tilskot til integreringsarbeid» etter reglane for { $year }, og kven de søkjer hos.
    Høgst { $most } spørsmål. Eg lagrar svara og det de skriv i { $days }, utan namn eg kjenner att; «slett» fjernar alt. Tilskotsforvaltaren avgjer, ikkje eg. «hjelp» viser kva de kan skrive.
welcome-back = Velkomen tilbake. Vi held fram der de slapp.
kept = Svara er lagra i { $days }. Start igjen med «./veiviser chat», så held vi fram her.
expired = Samtalen dykkar låg urørt i meir enn { $days } og er sletta. Vi byrjar på nytt.
unreadable = Eg klarer ikkje å lese svara de gav før, så vi må byrje på nytt. Orsak!
days = { $n ->
    [1] éin dag
   *[other] { $n } dagar
}
not-kept = Samtalen vart ikkje lagra.
typing-hint = Eit tal, eit ord eller ei setning. Piltastane viser vala.
failed = Noko gjekk gale i Veiviser. Svara er som før; prøv med andre ord.
late = (Svaret kjem seint: vi var ute av drift ei stund.)

ask-registered = Er organisasjonen dykkar registrert i Frivilligregisteret?
    .name = Registrert
    .yes = Ja
    .no = Nei
    .unsure = Veit ikkje
    .hint = Svar ja, nei eller veit ikkje.
    .why = Berre organisasjonar i Frivilligregisteret kan søkje (IMDi 2019). Einingsregisteret er ikkje nok. Søk opp organisasjonen på brreg.no om de er usikre.
ask-organisation_type =
    Kva slags organisasjon er de?
    Ideelle selskap og stiftingar vel det første.
    .name = Type
    .voluntary = Frivillig eller ideell
    .company = Kommersiell bedrift
    .public = Offentleg verksemd
    .private_person = Privatperson
    .hint = Vel det som liknar mest. Lag, foreiningar og trussamfunn er frivillige.
    .why = Ordninga er for frivillige organisasjonar (IMDi 2019). Er de det, kan de registrere dykk og søkje.
ask-municipality =
    I kva kommune er organisasjonen registrert?
    Skriv namnet på kommunen, eller postnummeret.
    .name = Kommune
    .unsure = Veit ikkje
    .hint = Skriv namnet på kommunen eller eit postnummer med fire siffer.
    .why = 20 kommunar tek imot lokale søknader frå organisasjonar som er registrerte hos dei (IMDi 2019). Adressa dykkar står i Einingsregisteret på brreg.no.
ask-scope =
    Kvar skal tiltaket verke?
    Overføringsverdi tyder at andre i heile landet kan bruke det de utviklar.
    .name = Omfang
    .local = Lokalt, i éin kommune
    .several_municipalities = I fleire kommunar
    .national = I heile landet
    .central_body = Frå landsdekkjande sentralledd
    .transferable = Overføringsverdi, heile landet
    .local_transferable = Lokalt med overføringsverdi
    .unsure = Veit ikkje
    .hint = Vel det som passar best.
    .why = Nasjonale prosjekt høyrer til IMDi, lokale tiltak til kommunen (IMDi 2019). Dette er det som oftast avgjer kven de søkjer hos.
ask-target_groups =
    Kven er tiltaket for? De kan velje fleire.
    .name = Målgruppe
    .immigrants = Innvandrarar
    .refugees = Flyktningar
    .reception_centre = Bebuarar i mottak
    .local_population = Andre i lokalsamfunnet
    .other = Nokon andre enn desse
    .unsure = Veit ikkje
    .hint = Vel ei eller fleire, og avslutt med «Ferdig». De kan også skrive tal: «1, 3».
    .why = Målgruppene er innvandrarar, også flyktningar, bebuarar i mottak og anna befolkning i lokalsamfunn (IMDi 2019).
ask-reception_centre_in =
    I kva kommune ligg mottaket?
    Skriv namnet på kommunen, eller postnummeret.
    .name = Mottak
    .several = Fleire mottak
    .unsure = Veit ikkje
    .hint = Skriv namnet på kommunen der mottaket ligg, eller eit postnummer.
    .why = Kven de søkjer hos, kjem meir an på kvar mottaket ligg (IMDi 2019) enn på kvar de er registrerte.
ask-activities =
    Kva vil de gjere? De kan velje fleire, eller skildre det med eigne ord.
    «Hindre kontroll og tvang» er arbeid mot negativ sosial kontroll, tvangsekteskap og kjønnslemlesting.
    .name = Aktivitet
    .unsure = Veit ikkje
    .hint = Vel ein eller fleire, og avslutt med «Ferdig». De kan også skrive kva de vil gjere, til dømes «språkkafé».
    .why = Søknaden må gjelde eitt eller fleire av delmåla: A fellesskap, B kunnskap og arbeid, C førebygging (IMDi 2019).

left = { $n ->
    [1] (Siste spørsmål.)
   *[other] (Høgst { $n } spørsmål att.)
 }
now = No: { $value }.
ticked = Valt: { $values }. Vel fleire, eller trykk «Ferdig».

read-as = Eg las det som { $name }: { $value }.
changed = Endra. { $name }: { $value } (før: { $before }).
set-aside-organisation_type = Svaret om kva slags organisasjon de er, tel ikkje no: det gjeld berre dei som ikkje er registrerte.
set-aside-reception_centre_in = Svaret om kvar mottaket ligg, tel ikkje no: det gjeld berre tiltak for bebuarar i mottak, og ikkje når prosjektet høyrer til IMDi uansett.
counts-again = Svaret frå før tel igjen. { $name }: { $value }.
which-place = Eg er ikkje sikker på kva kommune de meiner. Vel, eller skriv namnet med fylke.
no-place = Eg fann ingen norsk kommune i det de skreiv.
not-understood = Det forstod eg ikkje.
attachment = { $kind ->
    [voice] Eg kan ikkje høyre talemeldingar. Skriv svaret, eller trykk på eit val.
    [sticker] Eg kan ikkje lese klistremerke. Skriv svaret, eller trykk på eit val.
    [photo] Eg kan ikkje lese bilete. Skriv svaret, eller trykk på eit val.
    [document] Eg kan ikkje lese dokument. Skriv svaret, eller trykk på eit val.
    [location] Eg kan ikkje lese ein delt posisjon. Skriv namnet på kommunen, eller trykk på eit val.
   *[other] Eg kan berre lese tekst. Skriv svaret, eller trykk på eit val.
 }
edited = Eg les ikkje meldingar som er redigerte. Skriv på nytt, eller skriv «endre» for å endre eit svar.
old-button = Den knappen høyrer ikkje til noko de kan svare på no.
person-asked = Eg har sagt frå at de vil snakke med eit menneske. Dei som svarer, ser samtalen med merke for det som er personleg, og skriv til dykk her. Hastar det: ring IMDi eller kommunen.
person-waiting = Dei som svarer, veit alt at de ventar på eit menneske.
person-none = Her er det berre meg, og eg er ei maskin. Spør IMDi, eller kommunen de er registrerte i.
button-noted = Det er alt notert.
button-not-yours = Knappane høyrer til den som spurde. Skriv «/start» for å spørje sjølv, eller «/saman» for å svare saman.
button-late = Den knappen høyrer til noko vi er ferdige med. Svara er som før; skriv «endre» for å endre eitt.
button-document = Som PDF
given = ✓ { $name }: { $value }
together = No svarer de saman: alle i gruppa kan svare og trykkje, og eg skriv kva medlem som svarte. «/kvarforseg» avsluttar.
together-in-groups = Å svare saman går berre i ei gruppe. Skriv «/saman» der.
apart = No har kvar si eiga samtale igjen. Det de svarte saman, er teke vare på; «/saman» held fram.
member-joined = Dette er medlem { $n }.
given-by = { $line } (medlem { $n })
answered-already = De har fått svaret. Skriv «endre» for å endre noko, eller «start på nytt».
not-yet = Eg kan ikkje svare enno: noko kan framleis endre svaret.
nothing-to-explain = Eg spør ikkje om noko no. Svaret over seier kvifor, regel for regel.
nothing-before = Dette er det første spørsmålet.
nothing-to-change = De har ikkje svart på noko enno.
which-to-change = Kva svar vil de endre?
restarted = Vi byrjar på nytt. Svara er gløymde.

help =
    Svar med eit tal, eit ord eller ei setning. De kan også skrive:
    «kvifor»: kvifor eg spør
    «tilbake»: førre spørsmål
    «endre»: endre eit svar
    «start på nytt»: gløym svara og byrj igjen
    «språk»: bokmål, nynorsk eller engelsk
    «personvern»: kva som er lagra
    «slett»: slett alt
privacy =
    Eg lagrar svara, og det de skriv utan nummer, adresser og namn som eg kjenner att. Eg ser ikkje alle namn, så skriv helst ingen.
    Samtalen ligg under ein kode, ikkje under kven de er. Etter { $days } utan ei melding blir han sletta. Skriv «mine data» for å sjå alt, eller «slett», så fjernar eg det straks.
delete-ask = Vil de slette alle svara? Det kan ikkje angrast.
deleted = Alt er sletta. Skriv noko når de vil byrje på nytt.
delete-kept = Svara er behaldne.
language-ask = Velg språk / vel språk / choose a language:
language-set = No svarar eg på nynorsk.

only-these-languages = Eg forstår bokmål, nynorsk og engelsk. I understand Norwegian and English.
faq-near = Meinte de ein av desse?
button-none-of-these = Ingen av desse
faq-unknown = Det veit eg ikkje, så eg gissar ikkje. Eg kan svare på kven som kan søkje, delmåla, kven de søkjer hos og kva kjelda for 2019 seier. Elles: spør IMDi eller kommunen.

button-done = Ferdig
button-why = Kvifor spør de?
button-back = Tilbake
button-show-now = Vis svaret no
button-confirm = Stemmer
button-change = Endre: { $name }
button-restart = Start på nytt
button-delete = Ja, slett alt
button-keep = Nei, behald
button-keep-answer = Behald svaret

summary = Slik forstår eg dykk:
summary-line = { $name }: { $value }

card-over = Dette var reglane for { $year }. Sjekk dagens reglar på { $where }.
card-rules = Reglane for { $year }.
card-apply_imdi = SVAR: De kan søkje, og søknaden går til IMDi.
card-apply_municipality = SVAR: De kan søkje, og søknaden går til { $grantor }.
card-either = SVAR: De kan søkje, men kjelda opnar for fleire mottakarar: { $ask }.
card-no_grantor = SVAR: Ingen klar veg. Kjelda nemner ingen de kan søkje hos.
card-undecided = SVAR: Ikkje avgjort. Kjelda eller svara held ikkje til å seie kven de skal søkje hos.
card-ineligible_not_registered = SVAR: De kan ikkje søkje før de er registrerte i Frivilligregisteret.
card-ineligible_not_voluntary = SVAR: De kan ikkje søkje. Ordninga er for frivillige organisasjonar.
card-ineligible_target_group = SVAR: De kan ikkje søkje. Tiltaket når ikkje målgruppene.
card-ineligible_no_subgoal = SVAR: De kan ikkje søkje. Planen høyrer ikkje under nokon av delmåla.
card-recipient = Mottakar: { $grantor }
card-ask = Spør: { $ask }
card-sub-goals = Delmål
card-fits = { $goal }: passar ({ $says })
card-fits-not = { $goal }: ikkje med i planen ({ $says })
card-why = Kvifor
card-source = { $publisher } { $year }: { $words }
card-undated = { $publisher } (utan årstal): { $words }
card-reading = Vår lesing, står ikkje i kjelda.
card-notes = Atterhald
card-change = Minste endring som hjelper
card-next = Neste steg
card-answers = Svara dykkar
card-estimate = Overslag: { $grantor } hadde { $amount } kr å fordele i { $year }. Vår utrekning: { $total } kr × { $own } / { $all } innvandrarar ({ $source }).
card-end = Veiviser er ei maskin og ikkje IMDi. Tilskotsforvaltaren avgjer.
pdf-footer = Laga av Veiviser. Ikkje eit vedtak frå IMDi eller kommunen.

change-registered = Registrer dykk i Frivilligregisteret.
change-registered-other = La ein frivillig organisasjon i Frivilligregisteret stå som søkjar.
change-registered-unsure = Få stadfesta at de står i Frivilligregisteret.
change-scope-local = Hald tiltaket lokalt, i éin kommune.
change-scope-national = Gjer prosjektet landsdekkjande.
change-scope-transferable = La prosjektet ha overføringsverdi til heile landet.
change-target_groups = La tiltaket også nå innvandrarar.
change-activities = Planlegg også eit tiltak under eit delmål, til dømes ein felles møteplass.
change-gives-apply = Då blir svaret: søk hos { $grantor }.
change-gives-either = Då opnar kjelda for fleire mottakarar.
change-gives-no_grantor = Då er det kravet oppfylt, men kjelda nemner framleis ingen å søkje hos.
card-change-find = Finn ut først: { $names }.
change-gives-elsewhere = Då gjeld kommunen til den organisasjonen. Er han registrert i { $municipality }, blir svaret: søk hos { $grantor }.
card-change-more = For å få nokon å søkje hos:
undated = utan årstal
change-gives-undecided = Då er det framleis ikkje avgjort kven de søkjer hos.

grantor-municipality = { $name } kommune
and = { $first } og { $last }

# What is kept about a conversation, for those who ask for it

own-nothing = Eg har ikkje lagra noko om denne samtalen.
own-data = Dette er alt eg har lagra om samtalen dykkar. «slett» fjernar det.
own-conversation = Byrja { $began }, sist brukt { $seen } (UTC). Koden er { $code }. Svara de har gitt:
own-address = For å kunne svare dykk: kanalen { $channel }, adressa { $chat }.
own-processed = For ikkje å svare to gonger: nummera på { $n } meldingar de har sendt.
own-outbox = Svar som ventar på å bli sende: { $n }.
own-failure = Meldingar eg feila på, utan orda i dei: { $n }.
own-log = Meldingar frå dykk, med merke for det som var personleg, og svara på dei: { $n }.

# Telegram

group-greeting = Hei! Eg er Veiviser, ei maskin, og hjelper frivillige organisasjonar med integreringstilskot. Her svarer eg berre når de skriv til meg: start med /start, svar på ei av meldingane mine, eller nemn meg ved namn.
inline-nothing = Fann ikkje noko. Spør Veiviser direkte
inline-open = Opne Veiviser
telegram-description = Kan organisasjonen dykkar søkje om tilskot til integreringsarbeid, og kvar? Veiviser stiller nokre få spørsmål og viser svaret, med kjelde. Eller berre spør. Svarer på bokmål, nynorsk og engelsk. Ei maskin, og ikkje IMDi. Skriv eller trykk /start.
telegram-short-description = Viser om ein frivillig organisasjon kan søkje integreringstilskot, og kvar. Ei maskin, ikkje IMDi.
telegram-command =
    .start = Byrj, eller hald fram
    .help = Kva de kan skrive
    .change = Endre eit svar
    .back = Førre spørsmål
    .document = Svaret som PDF
    .language = Bokmål, nynorsk eller engelsk
    .privacy = Kva som er lagra
    .own_data = Alt som er lagra om dykk
    .person = Snakk med eit menneske
    .together = I grupper: svar saman
    .apart = I grupper: kvar for seg igjen
    .restart = Gløym svara og byrj på nytt
    .delete = Slett alt
