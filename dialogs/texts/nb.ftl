# Every word Veiviser says in bokmål. A gap such as {$n} stands where a value goes.

greeting =
    Hei! Jeg er Veiviser, en maskin, og ikke IMDi. Jeg viser om organisasjonen deres kan søke om «Tilskudd til integreringsarbeid» etter reglene for { $year }, og hvem dere søker hos.
    Høyst { $most } spørsmål. Jeg lagrer svarene og det dere skriver i { $days }, uten navn jeg kjenner igjen; «slett» fjerner alt. Tilskuddsforvalteren avgjør, ikke jeg. «hjelp» viser hva dere kan skrive.
welcome-back = Velkommen tilbake. Vi fortsetter der dere slapp.
kept = Svarene er lagret i { $days }. Start igjen med «./veiviser chat», så fortsetter vi her.
expired = Samtalen deres lå urørt i mer enn { $days } og er slettet. Vi begynner på nytt.
unreadable = Jeg klarer ikke å lese svarene dere ga før, så vi må begynne på nytt. Beklager!
days = { $n ->
    [1] én dag
   *[other] { $n } dager
}
not-kept = Samtalen ble ikke lagret.
typing-hint = Et tall, et ord eller en setning. Piltastene viser valgene.
failed = Noe gikk galt i Veiviser. Svarene er som før; prøv med andre ord.
late = (Svaret kommer sent: vi var ute av drift en stund.)

# Questions. The attributes are the choices, the reason for asking, and the question's name in a list.

ask-registered = Er organisasjonen deres registrert i Frivillighetsregisteret?
    .name = Registrert
    .yes = Ja
    .no = Nei
    .unsure = Vet ikke
    .hint = Svar ja, nei eller vet ikke.
    .why = Bare organisasjoner i Frivillighetsregisteret kan søke (IMDi 2019). Enhetsregisteret er ikke nok. Søk opp organisasjonen på brreg.no hvis dere er usikre.
ask-organisation_type =
    Hva slags organisasjon er dere?
    Ideelle selskaper og stiftelser velger det første.
    .name = Type
    .voluntary = Frivillig eller ideell
    .company = Kommersiell bedrift
    .public = Offentlig virksomhet
    .private_person = Privatperson
    .hint = Velg det som ligner mest. Lag, foreninger og menigheter er frivillige.
    .why = Ordningen er for frivillige organisasjoner (IMDi 2019). Er dere det, kan dere registrere dere og søke.
ask-municipality =
    I hvilken kommune er organisasjonen registrert?
    Skriv navnet på kommunen, eller postnummeret.
    .name = Kommune
    .unsure = Vet ikke
    .hint = Skriv navnet på kommunen eller et postnummer med fire siffer.
    .why = 20 kommuner tar imot lokale søknader fra organisasjoner som er registrert hos dem (IMDi 2019). Adressen deres står i Enhetsregisteret på brreg.no.
ask-scope =
    Hvor skal tiltaket virke?
    Overføringsverdi betyr at andre i hele landet kan bruke det dere utvikler.
    .name = Omfang
    .local = Lokalt, i én kommune
    .several_municipalities = I flere kommuner
    .national = I hele landet
    .central_body = Fra landsdekkende sentralledd
    .transferable = Overføringsverdi, hele landet
    .local_transferable = Lokalt med overføringsverdi
    .unsure = Vet ikke
    .hint = Velg det som passer best.
    .why = Nasjonale prosjekter hører til IMDi, lokale tiltak til kommunen (IMDi 2019). Dette er det som oftest avgjør hvem dere søker hos.
ask-target_groups =
    Hvem er tiltaket for? Dere kan velge flere.
    .name = Målgruppe
    .immigrants = Innvandrere
    .refugees = Flyktninger
    .reception_centre = Beboere i mottak
    .local_population = Andre i lokalsamfunnet
    .other = Noen andre enn disse
    .unsure = Vet ikke
    .hint = Velg en eller flere, og avslutt med «Ferdig». Dere kan også skrive tall: «1, 3».
    .why = Målgruppene er innvandrere, også flyktninger, beboere i mottak og øvrig befolkning i lokalsamfunn (IMDi 2019).
ask-reception_centre_in =
    I hvilken kommune ligger mottaket?
    Skriv navnet på kommunen, eller postnummeret.
    .name = Mottak
    .several = Flere mottak
    .unsure = Vet ikke
    .hint = Skriv navnet på kommunen der mottaket ligger, eller et postnummer.
    .why = Hvem dere søker hos, kommer mer an på hvor mottaket ligger (IMDi 2019) enn på hvor dere er registrert.
ask-activities =
    Hva vil dere gjøre? Dere kan velge flere, eller beskrive det med egne ord.
    «Hindre kontroll og tvang» er arbeid mot negativ sosial kontroll, tvangsekteskap og kjønnslemlestelse.
    .name = Aktivitet
    .unsure = Vet ikke
    .hint = Velg en eller flere, og avslutt med «Ferdig». Dere kan også skrive hva dere vil gjøre, for eksempel «språkkafé».
    .why = Søknaden må gjelde ett eller flere av delmålene: A fellesskap, B kunnskap og arbeid, C forebygging (IMDi 2019).

left = { $n ->
    [1] (Siste spørsmål.)
   *[other] (Høyst { $n } spørsmål igjen.)
 }
now = Nå: { $value }.
ticked = Valgt: { $values }. Velg flere, eller trykk «Ferdig».

# What we heard

read-as = Jeg leste det som { $name }: { $value }.
changed = Endret. { $name }: { $value } (før: { $before }).
set-aside-organisation_type = Svaret om hva slags organisasjon dere er, teller ikke nå: det gjelder bare dem som ikke er registrert.
set-aside-reception_centre_in = Svaret om hvor mottaket ligger, teller ikke nå: det gjelder bare tiltak for beboere i mottak, og ikke når prosjektet hører til IMDi uansett.
counts-again = Svaret fra før teller igjen. { $name }: { $value }.
which-place = Jeg er ikke sikker på hvilken kommune dere mener. Velg, eller skriv navnet med fylke.
no-place = Jeg fant ingen norsk kommune i det dere skrev.
not-understood = Det forsto jeg ikke.
attachment = { $kind ->
    [voice] Jeg kan ikke høre talemeldinger. Skriv svaret, eller trykk på et valg.
    [sticker] Jeg kan ikke lese klistremerker. Skriv svaret, eller trykk på et valg.
    [photo] Jeg kan ikke lese bilder. Skriv svaret, eller trykk på et valg.
    [document] Jeg kan ikke lese dokumenter. Skriv svaret, eller trykk på et valg.
    [location] Jeg kan ikke lese en delt posisjon. Skriv navnet på kommunen, eller trykk på et valg.
   *[other] Jeg kan bare lese tekst. Skriv svaret, eller trykk på et valg.
 }
edited = Jeg leser ikke meldinger som er redigert. Skriv på nytt, eller skriv «endre» for å endre et svar.
old-button = Den knappen hører ikke til noe dere kan svare på nå.
person-asked = Jeg har sagt fra at dere vil snakke med et menneske. De som svarer, ser samtalen med merker for det som er personlig, og skriver til dere her. Haster det: ring IMDi eller kommunen.
person-waiting = De som svarer, vet alt at dere venter på et menneske.
person-none = Her er det bare meg, og jeg er en maskin. Spør IMDi, eller kommunen dere er registrert i.
button-noted = Det er alt notert.
button-not-yours = Knappene hører til den som spurte. Skriv «/start» for å spørre selv, eller «/sammen» for å svare sammen.
button-late = Den knappen hører til noe vi er ferdige med. Svarene er som før; skriv «endre» for å endre ett.
button-document = Som PDF
given = ✓ { $name }: { $value }
together = Nå svarer dere sammen: alle i gruppa kan svare og trykke, og jeg skriver hvilket medlem som svarte. «/hverforseg» avslutter.
together-in-groups = Å svare sammen går bare i en gruppe. Skriv «/sammen» der.
apart = Nå har hver sin egen samtale igjen. Det dere svarte sammen, er tatt vare på; «/sammen» fortsetter.
member-joined = Dette er medlem { $n }.
given-by = { $line } (medlem { $n })
answered-already = Dere har fått svaret. Skriv «endre» for å endre noe, eller «start på nytt».
not-yet = Jeg kan ikke svare ennå: noe kan fortsatt endre svaret.
nothing-to-explain = Jeg spør ikke om noe nå. Svaret over sier hvorfor, regel for regel.
nothing-before = Dette er det første spørsmålet.
nothing-to-change = Dere har ikke svart på noe ennå.
which-to-change = Hvilket svar vil dere endre?
restarted = Vi begynner på nytt. Svarene er glemt.

# Commands

help =
    Svar med et tall, et ord eller en setning. Dere kan også skrive:
    «hvorfor»: hvorfor jeg spør
    «tilbake»: forrige spørsmål
    «endre»: endre et svar
    «start på nytt»: glem svarene og begynn igjen
    «språk»: bokmål, nynorsk eller engelsk
    «personvern»: hva som er lagret
    «slett»: slett alt
privacy =
    Jeg lagrer svarene, og det dere skriver uten numre, adresser og navn som jeg kjenner igjen. Jeg ser ikke alle navn, så skriv helst ingen.
    Samtalen ligger under en kode, ikke under hvem dere er. Etter { $days } uten en melding slettes den. Skriv «mine data» for å se alt, eller «slett», så fjerner jeg det straks.
delete-ask = Vil dere slette alle svarene? Det kan ikke angres.
deleted = Alt er slettet. Skriv noe når dere vil begynne på nytt.
delete-kept = Svarene er beholdt.
language-ask = Velg språk / vel språk / choose a language:
language-set = Nå svarer jeg på bokmål.

only-these-languages = Jeg forstår bokmål, nynorsk og engelsk. I understand Norwegian and English.
faq-near = Mente dere en av disse?
button-none-of-these = Ingen av disse
faq-unknown = Det vet jeg ikke, så jeg gjetter ikke. Jeg kan svare på hvem som kan søke, delmålene, hvem dere søker hos og hva kilden for 2019 sier. Ellers: spør IMDi eller kommunen.

button-done = Ferdig
button-why = Hvorfor spør dere?
button-back = Tilbake
button-show-now = Vis svaret nå
button-confirm = Stemmer
button-change = Endre: { $name }
button-restart = Start på nytt
button-delete = Ja, slett alt
button-keep = Nei, behold
button-keep-answer = Behold svaret

# The summary before the verdict

summary = Slik forstår jeg dere:
summary-line = { $name }: { $value }

# The verdict card

card-over = Dette var reglene for { $year }. Sjekk dagens regler på { $where }.
card-rules = Reglene for { $year }.
card-apply_imdi = SVAR: Dere kan søke, og søknaden går til IMDi.
card-apply_municipality = SVAR: Dere kan søke, og søknaden går til { $grantor }.
card-either = SVAR: Dere kan søke, men kilden åpner for flere mottakere: { $ask }.
card-no_grantor = SVAR: Ingen klar vei. Kilden nevner ingen dere kan søke hos.
card-undecided = SVAR: Ikke avgjort. Kilden eller svarene holder ikke til å si hvem dere skal søke hos.
card-ineligible_not_registered = SVAR: Dere kan ikke søke før dere er registrert i Frivillighetsregisteret.
card-ineligible_not_voluntary = SVAR: Dere kan ikke søke. Ordningen er for frivillige organisasjoner.
card-ineligible_target_group = SVAR: Dere kan ikke søke. Tiltaket når ikke målgruppene.
card-ineligible_no_subgoal = SVAR: Dere kan ikke søke. Planen hører ikke under noen av delmålene.
card-recipient = Mottaker: { $grantor }
card-ask = Spør: { $ask }
card-sub-goals = Delmål
card-fits = { $goal }: passer ({ $says })
card-fits-not = { $goal }: ikke med i planen ({ $says })
card-why = Hvorfor
card-source = { $publisher } { $year }: { $words }
card-undated = { $publisher } (uten årstall): { $words }
card-reading = Vår lesning, står ikke i kilden.
card-notes = Forbehold
card-change = Minste endring som hjelper
card-next = Neste steg
card-answers = Svarene deres
card-estimate = Anslag: { $grantor } hadde { $amount } kr å fordele i { $year }. Vår utregning: { $total } kr × { $own } / { $all } innvandrere ({ $source }).
card-end = Veiviser er en maskin og ikke IMDi. Tilskuddsforvalteren avgjør.
pdf-footer = Laget av Veiviser. Ikke et vedtak fra IMDi eller kommunen.

change-registered = Registrer dere i Frivillighetsregisteret.
change-registered-other = La en frivillig organisasjon i Frivillighetsregisteret stå som søker.
change-registered-unsure = Få bekreftet at dere står i Frivillighetsregisteret.
change-scope-local = Hold tiltaket lokalt, i én kommune.
change-scope-national = Gjør prosjektet landsdekkende.
change-scope-transferable = La prosjektet ha overføringsverdi til hele landet.
change-target_groups = La tiltaket også nå innvandrere.
change-activities = Planlegg også et tiltak under et delmål, for eksempel en felles møteplass.
change-gives-apply = Da blir svaret: søk hos { $grantor }.
change-gives-either = Da åpner kilden for flere mottakere.
change-gives-no_grantor = Da er det kravet oppfylt, men kilden nevner fortsatt ingen å søke hos.
card-change-find = Finn ut først: { $names }.
change-gives-elsewhere = Da gjelder dens egen kommune. Er den registrert i { $municipality }, blir svaret: søk hos { $grantor }.
card-change-more = For å få noen å søke hos:
undated = uten årstall
change-gives-undecided = Da er det fortsatt ikke avgjort hvem dere søker hos.

grantor-municipality = { $name } kommune
and = { $first } og { $last }

# What is kept about a conversation, for those who ask for it

own-nothing = Jeg har ikke lagret noe om denne samtalen.
own-data = Dette er alt jeg har lagret om samtalen deres. «slett» fjerner det.
own-conversation = Begynt { $began }, sist brukt { $seen } (UTC). Koden er { $code }. Svarene dere har gitt:
own-address = For å kunne svare dere: kanalen { $channel }, adressen { $chat }.
own-processed = For ikke å svare to ganger: numrene på { $n } meldinger dere har sendt.
own-outbox = Svar som venter på å bli sendt: { $n }.
own-failure = Meldinger jeg feilet på, uten ordene i dem: { $n }.
own-log = Meldinger fra dere, med merker for det som var personlig, og svarene på dem: { $n }.

# Telegram

group-greeting = Hei! Jeg er Veiviser, en maskin, og hjelper frivillige organisasjoner med integreringstilskudd. Her svarer jeg bare når dere skriver til meg: start med /start, svar på en av meldingene mine, eller nevn meg ved navn.
inline-nothing = Fant ikke noe. Spør Veiviser direkte
inline-open = Åpne Veiviser
telegram-description = Kan organisasjonen deres søke om tilskudd til integreringsarbeid, og hvor? Veiviser stiller noen få spørsmål og viser svaret, med kilde. Eller bare spør. Svarer på bokmål, nynorsk og engelsk. En maskin, og ikke IMDi. Skriv eller trykk /start.
telegram-short-description = Viser om en frivillig organisasjon kan søke integreringstilskudd, og hvor. En maskin, ikke IMDi.
telegram-command =
    .start = Begynn, eller fortsett
    .help = Hva dere kan skrive
    .change = Endre et svar
    .back = Forrige spørsmål
    .document = Svaret som PDF
    .language = Bokmål, nynorsk eller engelsk
    .privacy = Hva som er lagret
    .own_data = Alt som er lagret om dere
    .person = Snakk med et menneske
    .together = I grupper: svar sammen
    .apart = I grupper: hver for seg igjen
    .restart = Glem svarene og begynn på nytt
    .delete = Slett alt
