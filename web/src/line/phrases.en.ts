/* English lines and what they mean, on Wednesday 18 November 2026 at 14:10 in Berlin:
   line | title | minutes | due (MM-DD HH:MM; a day alone ends at 23:59) | course and priority.
   "-" is what is assumed; "from" the first day on which it may be begun, "every" how it repeats. Written by hand, not by the reader. */

export const phrases = `
essay 3h friday 17:00 #history !2 | Essay | 180 | 11-20 17:00 | HIS !2
essay 3h friday 17:00 | Essay | 180 | 11-20 17:00
essay 3h friday 17:00 #history !2 every week | Essay | 180 | 11-20 17:00 | HIS !2 every 1 week
sheet 3h friday 12:00 every week | Sheet | 180 | 11-20 12:00 | every 1 week
vocabulary 20 min every day | Vocabulary | 20 | 11-18 | every 1 day
vocabulary 20 min every day at 18:00 | Vocabulary | 20 | 11-18 18:00 | every 1 day
vocabulary every day 9:00 20 min | Vocabulary | 20 | 11-19 09:00 | every 1 day
sheet every friday 12:00 3h | Sheet | 180 | 11-20 12:00 | every 1 week
sheet 3h every friday | Sheet | 180 | 11-20 | every 1 week
sheet 3h each tuesday 10:00 #la | Sheet | 180 | 11-24 10:00 | LA every 1 week
clean desk every 2 weeks | Clean desk | - | - | every 2 week
clean desk every two weeks saturday | Clean desk | - | 11-21 | every 2 week
clean desk every other week sunday | Clean desk | - | 11-22 | every 2 week
run every second day | Run | - | 11-18 | every 2 day
run 30m every 3 days 19:00 | Run | 30 | 11-18 19:00 | every 3 day
reading 1h due every monday 8:00 | Reading | 60 | 11-23 08:00 | every 1 week
sheet 3h friday every week until 2027-01-30 | Sheet | 180 | 11-20 | every 1 week until 2027-01-30
sheet every thursday until 5 february 2h | Sheet | 120 | 11-19 | every 1 week until 2027-02-05
sheet every other thursday 2h | Sheet | 120 | 11-19 | every 2 week
problem sheet 2h30 in 5 days | Problem sheet | 150 | 11-23
read chapter 7 4h in 6 days | Read chapter 7 | 240 | 11-24
stats homework 4 2h30 tue 10:00 #sta !4 | Stats homework 4 | 150 | 11-24 10:00 | STA !4
lab report 90 min tomorrow 9:00 | Lab report | 90 | 11-19 09:00
lab report 90min tomorrow at 9 | Lab report | 90 | 11-19 09:00
review flashcards 45m today | Review flashcards | 45 | 11-18
buy calculator | Buy calculator | - | -
write abstract by friday | Write abstract | - | 11-20
write abstract due friday | Write abstract | - | 11-20
write abstract due by friday noon | Write abstract | - | 11-20 12:00
write abstract due on monday | Write abstract | - | 11-23
write abstract until monday 8:00 | Write abstract | - | 11-23 08:00
write abstract before thursday 18:00 | Write abstract | - | 11-19 18:00
write abstract till saturday | Write abstract | - | 11-21
presentation 2h next tue | Presentation | 120 | 11-24
presentation 2h next tuesday 14:00 | Presentation | 120 | 11-24 14:00
presentation 2h next friday | Presentation | 120 | 11-27
presentation 2h this friday | Presentation | 120 | 11-20
presentation next week | Presentation | - | 11-23
presentation next week thursday | Presentation | - | 11-26
presentation thursday next week | Presentation | - | 11-26
presentation next month | Presentation | - | 12-01
presentation end of the week | Presentation | - | 11-22
presentation by the end of the month | Presentation | - | 11-30
presentation this weekend | Presentation | - | 11-21
presentation friday week | Presentation | - | 11-27
presentation two weeks from monday | Presentation | - | 12-07
sheet 3 in 3 days | Sheet 3 | - | 11-21
sheet 3 in a week | Sheet 3 | - | 11-25
sheet 3 in two weeks | Sheet 3 | - | 12-02
sheet 3 in a fortnight | Sheet 3 | - | 12-02
sheet 3 in one month | Sheet 3 | - | 12-18
sheet 3 within 10 days | Sheet 3 | - | 11-28
sheet 3 3 days from now | Sheet 3 | - | 11-21
sheet 3 in 2 hours | Sheet 3 | - | 11-18 16:10
sheet 3 in half an hour | Sheet 3 | - | 11-18 14:40
sheet 3 in 45 minutes | Sheet 3 | - | 11-18 14:55
sheet 3 day after tomorrow | Sheet 3 | - | 11-20
sheet 3 the day after tomorrow 10:00 | Sheet 3 | - | 11-20 10:00
sheet 3 tomorrow | Sheet 3 | - | 11-19
sheet 3 tmr | Sheet 3 | - | 11-19
sheet 3 tmrw 8am | Sheet 3 | - | 11-19 08:00
sheet 3 tomorrow morning | Sheet 3 | - | 11-19 09:00
sheet 3 tomorrow afternoon | Sheet 3 | - | 11-19 15:00
sheet 3 friday evening | Sheet 3 | - | 11-20 20:00
sheet 3 today 18:00 | Sheet 3 | - | 11-18 18:00
sheet 3 tonight | Sheet 3 | - | 11-18
sheet 3 this evening | Sheet 3 | - | 11-18 20:00
sheet 3 end of day | Sheet 3 | - | 11-18
sheet 3 eod | Sheet 3 | - | 11-18
poster 24.12. | Poster | - | 12-24
poster 24.12.2026 | Poster | - | 12-24
poster 24.12.26 12:00 | Poster | - | 12-24 12:00
poster 3.2. 2h | Poster | 120 | 2027-02-03
poster 2026-12-01 | Poster | - | 12-01
poster 2027-04-01 09:00 | Poster | - | 2027-04-01 09:00
poster due 24/12 | Poster | - | 12-24
poster by 3/5 | Poster | - | 2027-05-03
poster 3/12/2026 | Poster | - | 12-03
poster 3rd of May | Poster | - | 2027-05-03
poster on the 3rd of May | Poster | - | 2027-05-03
poster 3rd May | Poster | - | 2027-05-03
poster 3 May | Poster | - | 2027-05-03
poster May 3 | Poster | - | 2027-05-03
poster May 3rd 2h | Poster | 120 | 2027-05-03
poster May 3, 2027 | Poster | - | 2027-05-03
poster third of May | Poster | - | 2027-05-03
poster twenty-first of December | Poster | - | 12-21
poster 26 nov 12:00 | Poster | - | 11-26 12:00
poster nov 26 5pm | Poster | - | 11-26 17:00
poster 1 dec | Poster | - | 12-01
poster Dec 1st at 10 | Poster | - | 12-01 10:00
poster 31 December 2026 | Poster | - | 12-31
poster January 7th | Poster | - | 2027-01-07
poster 15 sept | Poster | - | 2027-09-15
poster by the 5th | Poster | - | 12-05
poster due the 25th | Poster | - | 11-25
poster on the 30th 9:00 | Poster | - | 11-30 09:00
quiz 5pm | Quiz | - | 11-18 17:00
quiz 5 pm | Quiz | - | 11-18 17:00
quiz 5:30pm | Quiz | - | 11-18 17:30
quiz 5.30 pm | Quiz | - | 11-18 17:30
quiz at 5:00 p.m. | Quiz | - | 11-18 17:00
quiz 12pm | Quiz | - | 11-19 12:00
quiz 12am | Quiz | - | 11-19 00:00
quiz friday 12 am | Quiz | - | 11-20 00:00
quiz 9am | Quiz | - | 11-19 09:00
quiz at 5 | Quiz | - | 11-18 17:00
quiz at 8 | Quiz | - | 11-19 08:00
quiz @ 16:00 | Quiz | - | 11-18 16:00
quiz @16:00 | Quiz | - | 11-18 16:00
quiz 15:30 | Quiz | - | 11-18 15:30
quiz 10:00 | Quiz | - | 11-19 10:00
quiz noon | Quiz | - | 11-19 12:00
quiz friday midnight | Quiz | - | 11-20
quiz five o'clock | Quiz | - | 11-18 17:00
quiz half past five | Quiz | - | 11-18 17:30
quiz quarter past six | Quiz | - | 11-18 18:15
quiz quarter to six | Quiz | - | 11-18 17:45
quiz eight o'clock in the evening | Quiz | - | 11-18 20:00
quiz monday at 10 | Quiz | - | 11-23 10:00
quiz monday at 17h | Quiz | - | 11-23 17:00
quiz thu 24:00 | Quiz | - | 11-20 00:00
reading 3h | Reading | 180 | -
reading 3 h | Reading | 180 | -
reading 3 hours | Reading | 180 | -
reading 3hrs | Reading | 180 | -
reading 1 hr | Reading | 60 | -
reading 1.5h | Reading | 90 | -
reading 1,5 h | Reading | 90 | -
reading 2h30 | Reading | 150 | -
reading 2 h 30 | Reading | 150 | -
reading 2h 30m | Reading | 150 | -
reading 2h 30 min | Reading | 150 | -
reading 2 hours 30 minutes | Reading | 150 | -
reading 2 hours and 30 minutes | Reading | 150 | -
reading 90 min | Reading | 90 | -
reading 90 mins | Reading | 90 | -
reading 90 minutes | Reading | 90 | -
reading 90m | Reading | 90 | -
reading for 2 hours | Reading | 120 | -
reading takes 2h | Reading | 120 | -
reading about 2h | Reading | 120 | -
reading ~2h | Reading | 120 | -
reading half an hour | Reading | 30 | -
reading an hour | Reading | 60 | -
reading an hour and a half | Reading | 90 | -
reading one and a half hours | Reading | 90 | -
reading two and a half hours | Reading | 150 | -
reading two hours | Reading | 120 | -
reading twenty minutes | Reading | 20 | -
reading forty-five minutes | Reading | 45 | -
reading three quarters of an hour | Reading | 45 | -
reading 1½ h | Reading | 90 | -
reading ½ h | Reading | 30 | -
reading 1 1/2 hours | Reading | 90 | -
reading ten hours | Reading | 600 | -
three hours friday five pm essay | Essay | 180 | 11-20 17:00
essay three hours friday five pm | Essay | 180 | 11-20 17:00
essay three hours friday five thirty pm | Essay | 180 | 11-20 17:30
essay two hours thirty minutes tomorrow at noon | Essay | 150 | 11-19 12:00
essay half an hour today at six | Essay | 30 | 11-18 18:00
essay one hour next monday at nine am priority four | Essay | 60 | 11-23 09:00 | !4
essay ninety minutes twenty-fifth of november | Essay | 90 | 11-25
essay four hours by sunday evening | Essay | 240 | 11-22 20:00
Essay, 3h, Friday | Essay | 180 | 11-20
Essay; 3h; Friday 17:00; #his | Essay | 180 | 11-20 17:00 | HIS
essay (3h) friday | Essay | 180 | 11-20
3h essay friday | Essay | 180 | 11-20
friday 17:00 essay 3h | Essay | 180 | 11-20 17:00
#his essay 3h friday | Essay | 180 | 11-20 | HIS
#history-of-science essay | Essay | - | - | HIS
#stat essay | Essay | - | - | STA
!5 essay friday | Essay | - | 11-20 | !5
essay friday !1 | Essay | - | 11-20 | !1
essay friday !! | Essay | - | 11-20 | !4
essay friday !!! | Essay | - | 11-20 | !5
essay prio 2 | Essay | - | - | !2
essay priority 5 friday | Essay | - | 11-20 | !5
FRIDAY ESSAY 3H | ESSAY | 180 | 11-20
essay  3h   friday | Essay | 180 | 11-20
essay on Kant 3h in 4 days 18:00 | Essay on Kant | 180 | 11-22 18:00
essay about the moon 2h thu | Essay about the moon | 120 | 11-19
call mum sunday | Call mum | - | 11-22
hand in form mon | Hand in form | - | 11-23
hand in form by mon 9:00 | Hand in form | - | 11-23 09:00
hand in form weds | Hand in form | - | 11-18
hand in form wed 10:00 | Hand in form | - | 11-25 10:00
hand in form wed 18:00 | Hand in form | - | 11-18 18:00
hand in form thurs | Hand in form | - | 11-19
hand in form fri 5pm | Hand in form | - | 11-20 17:00
hand in form sat 11:00 2h | Hand in form | 120 | 11-21 11:00
hand in form sun !2 | Hand in form | - | 11-22 | !2
monday lecture notes fri | Monday lecture notes | - | 11-20
revise 2 chapters 3h sunday #la | Revise 2 chapters | 180 | 11-22 | LA
revise week 3 1h thursday | Revise week 3 | 60 | 11-19
read pages 10-24 1h30 tuesday | Read pages 10-24 | 90 | 11-24
exercise 1.2 40 min monday | Exercise 1.2 | 40 | 11-23
exercises 1/2 and 3/4 1h monday | Exercises 1/2 and 3/4 | 60 | 11-23
watch "Friday Night Lights" 2h saturday | Watch "Friday Night Lights" | 120 | 11-21
watch “3h of silence” sunday | Watch “3h of silence” | - | 11-22
eBook chapter 3 1h tomorrow | eBook chapter 3 | 60 | 11-19
mail prof@uni.edu 10 min tomorrow | Mail prof@uni.edu | 10 | 11-19
COMP2041 assignment 6h 5 dec 23:55 | COMP2041 assignment | 360 | 12-05 23:55
group meeting slides 1h30 by thu 16:15 | Group meeting slides | 90 | 11-19 16:15
draft thesis outline 5h in three weeks | Draft thesis outline | 300 | 12-09
practice talk 20 min tomorrow 8:45 | Practice talk | 20 | 11-19 08:45
lab 2 prep 75 min mon 07:30 !3 | Lab 2 prep | 75 | 11-23 07:30 | !3
translate poem about 40 minutes for tuesday | Translate poem | 40 | 11-24
exam revision 12h by december 14th | Exam revision | 720 | 12-14
exam revision 12 hours until 14 december 8:00 #la !5 | Exam revision | 720 | 12-14 08:00 | LA !5
field trip form due 2 dec noon | Field trip form | - | 12-02 12:00
learn 40 words 25 min today 20:00 | Learn 40 words | 25 | 11-18 20:00
rewrite intro 1 hour saturday morning | Rewrite intro | 60 | 11-21 09:00
peer review 50min sunday afternoon #sta | Peer review | 50 | 11-22 15:00 | STA
sign up for exams by 30 november | Sign up for exams | - | 11-30
seminar paper 20h end of month !5 | Seminar paper | 1200 | 11-30 | !5
journal entry 15 min tonight | Journal entry | 15 | 11-18
journal entry fifteen minutes this evening | Journal entry | 15 | 11-18 20:00
thesis meeting prep 30 min in 2 days at 9:30 | Thesis meeting prep | 30 | 11-20 09:30
read 30 pages 1h tomorrow 21:00 | Read 30 pages | 60 | 11-19 21:00
code kata 25m tomorrow 7am | Code kata | 25 | 11-19 07:00
chapter 12 summary 1h15 monday 12:00 | Chapter 12 summary | 75 | 11-23 12:00
worksheet 7 55 min next thursday | Worksheet 7 | 55 | 11-26
essay 3h not before monday due 27 nov | Essay | 180 | 11-27 | from 11-23
essay 3h friday next week not before tuesday 8:00 | Essay | 180 | 11-27 | from 11-24 08:00
essay 3h 27.11. not before 23.11. | Essay | 180 | 11-27 | from 11-23
essay starting tomorrow due friday 17:00 | Essay | - | 11-20 17:00 | from 11-19
essay not until the 3rd of December due 10 dec | Essay | - | 12-10 | from 12-03
worksheet 8 deadline: friday 8:00 | Worksheet 8 | - | 11-20 08:00
find sources for essay 2h fri | Find sources for essay | 120 | 11-20
print poster tomorrow at noon 10 min | Print poster | 10 | 11-19 12:00
back up notes 5 min friday | Back up notes | 5 | 11-20
debate prep 1h 45 thu | Debate prep | 105 | 11-19
`;

/* Nothing in these may be read. */
export const refusals = `
repair monitor
monitoring report
sunflower drawing
the sun and the moon
draw the sun
marching band notes
may the force be with you
march of progress summary
maybe ask Lena
second world war summary
first draft
satellite images
satire essay
SAT practice book
wedding speech
thursdays in history
Monday's lecture notes
Good Friday traditions
Bloody Sunday essay
Black Friday analysis
Ash Wednesday poem
Super Tuesday results
fridays-for-future poster
friday-night game
friendship essay
3hats puzzle
h2o experiment
100 m sprint
100m sprint analysis
5-minute talk
24-hour clock proof
an hour of code
version 2.0.1 notes
exercise 3.4
exercises 1/2 and 3/4
pages 10-24
look at 5 papers
chapter 5 pm-notation
ratio 16:9 worksheet
"friday 17:00 3h"
“tomorrow” by Lena
https://example.org/friday/17:00
mail friday@example.org
#unknown course
tag ##his
c#his
wow!3
price 3€ per h
mon ami translation
sat-nav essay
to-morrow poem
the 5th chapter
read the 2nd act
April Fools sketch notes
augustus biography
octopus anatomy
decide on topic
junior prom plan
noontide poem
weekly report
daily news summary
every man for himself
every day use of maths
every day a page
the every week problem
every second counts essay
everyday life
starting point essay
plot f(3h) of x
`;
