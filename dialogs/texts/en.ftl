# Every word Veiviser says in English. A gap such as {$n} stands where a value goes.

greeting =
    Hello! I am Veiviser, a machine, and not IMDi (the Directorate of Integration and Diversity). I show whether your organisation can apply for «Grants for integration work» under the rules of { $year }, and where to apply.
    At most { $most } questions. I keep your answers and texts { $days }, minus names I recognise; «delete» removes all. The grantor decides, not me. «help» shows what you can write.
welcome-back = Welcome back. We will continue where you left off.
kept = Your answers are saved for { $days }. Start again with «./veiviser chat» and we will continue from here.
expired = Your conversation lay untouched for more than { $days } and was deleted. We start afresh.
unreadable = I cannot read the answers you gave before, so we have to start afresh. Sorry!
days = { $n ->
    [1] one day
   *[other] { $n } days
}
not-kept = The conversation was not saved.
typing-hint = A number, a word or a sentence. The arrow keys show the choices.
failed = Something went wrong in Veiviser. Your answers are as before; try other words.
late = (This answer is late: we were out of service for a while.)

ask-registered =
    Is your organisation registered in Frivillighetsregisteret?
    (The Register of Non-Profit Organisations.)
    .name = Registered
    .yes = Yes
    .no = No
    .unsure = Don't know
    .hint = Answer yes, no or don't know.
    .why = Only organisations in Frivillighetsregisteret can apply (IMDi 2019). Enhetsregisteret alone is not enough. Look your organisation up at brreg.no if you are unsure.
ask-organisation_type =
    What kind of organisation are you?
    Non-profit companies and foundations choose the first.
    .name = Kind
    .voluntary = Voluntary or non-profit
    .company = Company for profit
    .public = Public body
    .private_person = Private person
    .hint = Choose the closest match. Clubs, associations and congregations are voluntary.
    .why = The scheme is for voluntary organisations (IMDi 2019). If you are one, you can register and apply.
ask-municipality =
    In which municipality is the organisation registered?
    Write the municipality's name, or the postal code.
    .name = Municipality
    .unsure = Don't know
    .hint = Write the municipality's name, or a four-digit postal code.
    .why = 20 municipalities take local applications from organisations registered there (IMDi 2019). Your address is in Enhetsregisteret at brreg.no.
ask-scope =
    How far does the measure reach?
    Transfer value means that others in the whole country can use what you develop.
    .name = Reach
    .local = Local, in one municipality
    .several_municipalities = In several municipalities
    .national = In the whole country
    .central_body = From a national central body
    .transferable = Transfer value, whole country
    .local_transferable = Local with transfer value
    .unsure = Don't know
    .hint = Choose what fits best.
    .why = National projects belong to IMDi, local measures to the municipality (IMDi 2019). This is what most often decides whom you apply to.
ask-target_groups =
    Who is the measure for? You can choose several.
    .name = Target group
    .immigrants = Immigrants
    .refugees = Refugees
    .reception_centre = Reception centre residents
    .local_population = Others in the community
    .other = Others than these
    .unsure = Don't know
    .hint = Choose one or more, and end with «Done». You can also write numbers: «1, 3».
    .why = The target groups are immigrants, including refugees, residents of reception centres and the rest of the local population (IMDi 2019).
ask-reception_centre_in =
    In which municipality is the reception centre?
    Write the municipality's name, or the postal code.
    .name = Centre
    .several = Several centres
    .unsure = Don't know
    .hint = Write the name of the municipality where the centre is, or a postal code.
    .why = Where you apply depends more on where the centre is (IMDi 2019) than on where you are registered.
ask-activities =
    What will you do? You can choose several, or describe it in your own words.
    «Preventing social control» is work against negative social control, forced marriage and female genital mutilation.
    .name = Activity
    .unsure = Don't know
    .hint = Choose one or more, and end with «Done». You can also write what you will do, for example «language café».
    .why = The application must aim at one or more sub-goals: A community, B knowledge and work, C prevention (IMDi 2019).

left = { $n ->
    [1] (Last question.)
   *[other] (At most { $n } questions left.)
 }
now = Now: { $value }.
ticked = Chosen: { $values }. Choose more, or press «Done».

read-as = I read it as { $name }: { $value }.
changed = Changed. { $name }: { $value } (before: { $before }).
set-aside-organisation_type = Your answer about the kind of organisation does not count now: it only applies to those who are not registered.
set-aside-reception_centre_in = Your answer about where the centre is does not count now: it only applies to measures at a reception centre, and not when the project belongs to IMDi anyway.
counts-again = Your earlier answer counts again. { $name }: { $value }.
which-place = I am not sure which municipality you mean. Choose, or write the name with the county.
no-place = I found no Norwegian municipality in what you wrote.
not-understood = I did not understand that.
attachment = { $kind ->
    [voice] I cannot hear voice messages. Write the answer, or press a choice.
    [sticker] I cannot read stickers. Write the answer, or press a choice.
    [photo] I cannot read pictures. Write the answer, or press a choice.
    [document] I cannot read documents. Write the answer, or press a choice.
    [location] I cannot read a shared location. Write the municipality's name, or press a choice.
   *[other] I can only read text. Write the answer, or press a choice.
 }
edited = I do not read messages that were edited. Write anew, or write «change» to change an answer.
old-button = That button does not belong to anything you can answer now.
person-asked = I have told them that you want to talk to a human. Those who answer see the conversation with marks for what is personal, and write to you here. If it is urgent, call IMDi or the municipality.
person-waiting = Those who answer already know that you are waiting for a human.
person-none = There is only me here, and I am a machine. Ask IMDi, or the municipality you are registered in.
button-noted = That is noted already.
button-not-yours = These buttons belong to whoever asked. Write "/start" to ask yourself, or "/together" to answer together.
button-late = That button belongs to something we have finished. Your answers are as before; write "change" to change one.
button-document = As PDF
given = ✓ { $name }: { $value }
together = Now you answer together: everybody in the group can answer and press, and I write which member answered. "/apart" ends it.
together-in-groups = You can answer together only in a group. Write "/together" there.
apart = Now everybody has a conversation of their own again. What you answered together is kept; "/together" goes on.
member-joined = This is member { $n }.
given-by = { $line } (member { $n })
answered-already = You have your answer. Write «change» to change something, or «start over».
not-yet = I cannot answer yet: something can still change the answer.
nothing-to-explain = I am not asking anything now. The answer above says why, rule by rule.
nothing-before = This is the first question.
nothing-to-change = You have not answered anything yet.
which-to-change = Which answer do you want to change?
restarted = We are starting over. Your answers are forgotten.

help =
    Answer with a number, a word or a sentence. You can also write:
    «why»: why I ask
    «back»: the previous question
    «change»: change an answer
    «start over»: forget the answers and begin again
    «language»: bokmål, nynorsk or English
    «privacy»: what is stored
    «delete»: delete everything
privacy =
    I store your answers, and what you write without the numbers, addresses and names that I recognise. I do not spot every name, so please write none.
    The conversation is kept under a code, not under who you are. After { $days } without a message it is deleted. Write «my data» to see it all, or «delete» and I remove it at once.
delete-ask = Do you want to delete all the answers? This cannot be undone.
deleted = Everything is deleted. Write something when you want to begin again.
delete-kept = Your answers are kept.
language-ask = Velg språk / vel språk / choose a language:
language-set = I now answer in English.

only-these-languages = I understand Norwegian (bokmål and nynorsk) and English.
faq-near = Did you mean one of these?
button-none-of-these = None of these
faq-unknown = I do not know that, so I will not guess. I can answer who can apply, the sub-goals, where to apply and what the source for 2019 says. Otherwise: ask IMDi or the municipality.

button-done = Done
button-why = Why do you ask?
button-back = Back
button-show-now = Show the answer now
button-confirm = That is right
button-change = Change: { $name }
button-restart = Start over
button-delete = Yes, delete all
button-keep = No, keep
button-keep-answer = Keep the answer

summary = This is how I understand you:
summary-line = { $name }: { $value }

card-over = These were the rules of { $year }. Check today's rules at { $where }.
card-rules = The rules of { $year }.
card-apply_imdi = ANSWER: You can apply, and the application goes to IMDi.
card-apply_municipality = ANSWER: You can apply, and the application goes to { $grantor }.
card-either = ANSWER: You can apply, but the source allows more than one recipient: { $ask }.
card-no_grantor = ANSWER: No clear route. The source names nobody you can apply to.
card-undecided = ANSWER: Not decided. The source or your answers are not enough to say whom you should apply to.
card-ineligible_not_registered = ANSWER: You cannot apply until you are registered in Frivillighetsregisteret.
card-ineligible_not_voluntary = ANSWER: You cannot apply. The scheme is for voluntary organisations.
card-ineligible_target_group = ANSWER: You cannot apply. The measure does not reach the target groups.
card-ineligible_no_subgoal = ANSWER: You cannot apply. The plan comes under none of the sub-goals.
card-recipient = Recipient: { $grantor }
card-ask = Ask: { $ask }
card-sub-goals = Sub-goals
card-fits = { $goal }: fits ({ $says })
card-fits-not = { $goal }: not in the plan ({ $says })
card-why = Why
card-source = { $publisher } { $year }: { $words }
card-undated = { $publisher } (undated): { $words }
card-reading = Our reading, not stated in the source.
card-notes = Reservations
card-change = Smallest change that helps
card-next = Next steps
card-answers = Your answers
card-estimate = Estimate: { $grantor } had NOK { $amount } to distribute in { $year }. Our calculation: NOK { $total } × { $own } / { $all } immigrants ({ $source }).
card-end = Veiviser is a machine and not IMDi. The grantor decides.
pdf-footer = Made by Veiviser. Not a decision by IMDi or the municipality.

change-registered = Register in Frivillighetsregisteret.
change-registered-other = Let a voluntary organisation in Frivillighetsregisteret be the applicant.
change-registered-unsure = Get confirmation that you are in Frivillighetsregisteret.
change-scope-local = Keep the measure local, in one municipality.
change-scope-national = Make the project nationwide.
change-scope-transferable = Give the project transfer value to the whole country.
change-target_groups = Let the measure reach immigrants too.
change-activities = Also plan a measure under a sub-goal, for example a shared meeting place.
change-gives-apply = Then the answer is: apply to { $grantor }.
change-gives-either = Then the source allows more than one recipient.
change-gives-no_grantor = Then that requirement is met, but the source still names nobody to apply to.
card-change-find = Find out first: { $names }.
change-gives-elsewhere = Then its own municipality counts. If it is registered in { $municipality }, the answer is: apply to { $grantor }.
card-change-more = To have somebody to apply to:
undated = undated
change-gives-undecided = Then it is still not decided whom you apply to.

grantor-municipality = { $name } municipality
and = { $first } and { $last }

# What is kept about a conversation, for those who ask for it

own-nothing = I have not kept anything about this conversation.
own-data = This is all I have kept about your conversation. "delete" removes it.
own-conversation = Begun { $began }, last used { $seen } (UTC). The code is { $code }. The answers you have given:
own-address = To be able to answer you: the channel { $channel }, the address { $chat }.
own-processed = So as not to answer twice: the numbers of { $n } messages you have sent.
own-outbox = Replies that wait to be sent: { $n }.
own-failure = Messages I failed at, without their words: { $n }.
own-log = Messages from you, with markers for what was personal, and the replies to them: { $n }.

# Telegram

group-greeting = Hello! I am Veiviser, a machine, and help voluntary organisations with integration grants. Here I answer only when you write to me: begin with /start, reply to one of my messages, or mention my name.
inline-nothing = Found nothing. Ask Veiviser directly
inline-open = Open Veiviser
telegram-description = Can your organisation apply for grants for integration work in Norway, and where? Veiviser asks a few questions and shows the answer, with its source. Or just ask. Speaks Norwegian and English. A machine, and not IMDi. Write or tap /start.
telegram-short-description = Shows whether a voluntary organisation can apply for integration grants, and where. Not IMDi.
telegram-command =
    .start = Begin, or go on
    .help = What you can write
    .change = Change an answer
    .back = The question before
    .document = The answer as a PDF
    .language = Norwegian (two written forms) or English
    .privacy = What is kept
    .own_data = All that is kept about you
    .person = Talk to a human
    .together = In groups: answer together
    .apart = In groups: each alone again
    .restart = Forget the answers and begin again
    .delete = Delete everything
