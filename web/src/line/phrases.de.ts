/* German lines and what they mean, as in phrases.en.ts. */

export const phrases = `
Aufsatz 3h Freitag 17:00 #Geschichte !2 jede Woche | Aufsatz | 180 | 11-20 17:00 | GES !2 every 1 week
Blatt 3h Freitag 12:00 jede Woche | Blatt | 180 | 11-20 12:00 | every 1 week
Vokabeln 20 min jeden Tag | Vokabeln | 20 | 11-18 | every 1 day
Vokabeln 20 min jeden Tag um 18 Uhr | Vokabeln | 20 | 11-18 18:00 | every 1 day
Vokabeln jeden Tag 9:00 20 min | Vokabeln | 20 | 11-19 09:00 | every 1 day
Blatt jeden Freitag 12:00 3h | Blatt | 180 | 11-20 12:00 | every 1 week
Blatt 3h jeden Freitag | Blatt | 180 | 11-20 | every 1 week
Blatt 3h jeden Dienstag 10:00 #ana | Blatt | 180 | 11-24 10:00 | ANA every 1 week
Schreibtisch alle 2 Wochen | Schreibtisch | - | - | every 2 week
Schreibtisch alle zwei Wochen Samstag | Schreibtisch | - | 11-21 | every 2 week
Schreibtisch jede zweite Woche am Sonntag | Schreibtisch | - | 11-22 | every 2 week
Laufen jeden zweiten Tag | Laufen | - | 11-18 | every 2 day
Laufen 30 min alle 3 Tage 19:00 | Laufen | 30 | 11-18 19:00 | every 3 day
Lesen 1h fällig jeden Montag 8:00 | Lesen | 60 | 11-23 08:00 | every 1 week
Blatt 3h Freitag jede Woche bis 30.1.2027 | Blatt | 180 | 11-20 | every 1 week until 2027-01-30
Blatt jeden Donnerstag bis 5. Februar 2h | Blatt | 120 | 11-19 | every 1 week until 2027-02-05
Blatt jeden zweiten Donnerstag 2h | Blatt | 120 | 11-19 | every 2 week
Aufsatz 3h Freitag 17:00 #geschichte !2 | Aufsatz | 180 | 11-20 17:00 | GES !2
Aufsatz 3h Freitag 17:00 | Aufsatz | 180 | 11-20 17:00
aufsatz 3 std freitag | Aufsatz | 180 | 11-20
Aufsatz 3 Std. Freitag | Aufsatz | 180 | 11-20
Aufsatz 3 Stunden bis Freitag | Aufsatz | 180 | 11-20
Blatt 4 2h30 in 5 Tagen | Blatt 4 | 150 | 11-23
Blatt 4 90 Min Di 10:00 #sta !4 | Blatt 4 | 90 | 11-24 10:00 | STA !4
Blatt 4 90 Min. morgen | Blatt 4 | 90 | 11-19
Blatt 4 90 Minuten morgen 9 Uhr | Blatt 4 | 90 | 11-19 09:00
Karteikarten 45m heute | Karteikarten | 45 | 11-18
Taschenrechner kaufen | Taschenrechner kaufen | - | -
Abstract bis Freitag | Abstract | - | 11-20
Abstract fällig Freitag | Abstract | - | 11-20
Abstract fällig am Freitag 12:00 | Abstract | - | 11-20 12:00
Abstract bis Montag 8 Uhr | Abstract | - | 11-23 08:00
Abstract spätestens Donnerstag 18:00 | Abstract | - | 11-19 18:00
Abstract bis spätestens Samstag | Abstract | - | 11-21
Abstract bis zum Sonnabend | Abstract | - | 11-21
Abstract Abgabe: Dienstag | Abstract | - | 11-24
Referat 2h nächsten Freitag | Referat | 120 | 11-20
Referat 2h nächsten Dienstag 14:00 | Referat | 120 | 11-24 14:00
Referat 2h diesen Freitag | Referat | 120 | 11-20
Referat 2h kommenden Montag | Referat | 120 | 11-23
Referat 2h übernächsten Freitag | Referat | 120 | 11-27
Referat nächste Woche | Referat | - | 11-23
Referat nächste Woche Donnerstag | Referat | - | 11-26
Referat Donnerstag nächster Woche | Referat | - | 11-26
Referat nächsten Monat | Referat | - | 12-01
Referat bis Ende der Woche | Referat | - | 11-22
Referat bis Ende des Monats | Referat | - | 11-30
Referat am Wochenende | Referat | - | 11-21
Referat Freitag in einer Woche | Referat | - | 11-27
Referat Montag in zwei Wochen | Referat | - | 12-07
Referat heute in einer Woche | Referat | - | 11-25
Referat morgen in einer Woche | Referat | - | 11-26
Blatt in 3 Tagen | Blatt | - | 11-21
Blatt in einer Woche | Blatt | - | 11-25
Blatt in zwei Wochen | Blatt | - | 12-02
Blatt in einem Monat | Blatt | - | 12-18
Blatt in zehn Tagen | Blatt | - | 11-28
Blatt innerhalb von 10 Tagen | Blatt | - | 11-28
Blatt in 2 Stunden | Blatt | - | 11-18 16:10
Blatt in einer halben Stunde | Blatt | - | 11-18 14:40
Blatt in 45 Minuten | Blatt | - | 11-18 14:55
Blatt in anderthalb Stunden | Blatt | - | 11-18 15:40
Blatt übermorgen | Blatt | - | 11-20
Blatt übermorgen 10:00 | Blatt | - | 11-20 10:00
Blatt morgen | Blatt | - | 11-19
Blatt bis morgen | Blatt | - | 11-19
Blatt morgen 8 Uhr | Blatt | - | 11-19 08:00
Blatt morgen früh | Blatt | - | 11-19 09:00
Blatt morgen Nachmittag | Blatt | - | 11-19 15:00
Blatt morgen Abend | Blatt | - | 11-19 20:00
Blatt Freitagabend | Blatt | - | 11-20 20:00
Blatt Freitag Abend | Blatt | - | 11-20 20:00
Blatt Montagmorgen | Blatt | - | 11-23 09:00
Blatt am Samstagnachmittag | Blatt | - | 11-21 15:00
Blatt heute 18:00 | Blatt | - | 11-18 18:00
Blatt heute Abend | Blatt | - | 11-18 20:00
Blatt bis heute Abend | Blatt | - | 11-18 20:00
Plakat 24.12. | Plakat | - | 12-24
Plakat am 24.12. | Plakat | - | 12-24
Plakat bis 24.12 | Plakat | - | 12-24
Plakat 24.12.2026 | Plakat | - | 12-24
Plakat 24.12.26 12:00 | Plakat | - | 12-24 12:00
Plakat 24. 12. 2026 | Plakat | - | 12-24
Plakat 3.2. 2h | Plakat | 120 | 2027-02-03
Plakat 2026-12-01 | Plakat | - | 12-01
Plakat 2027-04-01 09:00 | Plakat | - | 2027-04-01 09:00
Plakat bis 24/12 | Plakat | - | 12-24
Plakat 3. Mai | Plakat | - | 2027-05-03
Plakat am 3. Mai | Plakat | - | 2027-05-03
Plakat bis zum 3. Mai | Plakat | - | 2027-05-03
Plakat 3 Mai | Plakat | - | 2027-05-03
Plakat 3. Mai 2027 | Plakat | - | 2027-05-03
Plakat dritter Mai | Plakat | - | 2027-05-03
Plakat bis zum dritten Mai | Plakat | - | 2027-05-03
Plakat einundzwanzigster Dezember | Plakat | - | 12-21
Plakat 26. Nov 12:00 | Plakat | - | 11-26 12:00
Plakat 26. Nov. 17 Uhr | Plakat | - | 11-26 17:00
Plakat 1. Dez | Plakat | - | 12-01
Plakat 1. Dezember um 10 | Plakat | - | 12-01 10:00
Plakat 31. Dezember 2026 | Plakat | - | 12-31
Plakat 7. Januar | Plakat | - | 2027-01-07
Plakat 7. Jänner | Plakat | - | 2027-01-07
Plakat 15. März | Plakat | - | 2027-03-15
Plakat am 5. | Plakat | - | 12-05
Plakat bis zum 25. | Plakat | - | 11-25
Plakat am 30. um 9 Uhr | Plakat | - | 11-30 09:00
Quiz 17 Uhr | Quiz | - | 11-18 17:00
Quiz um 17 Uhr | Quiz | - | 11-18 17:00
Quiz 17:30 Uhr | Quiz | - | 11-18 17:30
Quiz 17.30 Uhr | Quiz | - | 11-18 17:30
Quiz 17 Uhr 30 | Quiz | - | 11-18 17:30
Quiz um 17.30 | Quiz | - | 11-18 17:30
Quiz um 5 | Quiz | - | 11-18 17:00
Quiz um 8 | Quiz | - | 11-19 08:00
Quiz 8 Uhr | Quiz | - | 11-19 08:00
Quiz 8 Uhr abends | Quiz | - | 11-18 20:00
Quiz um 8 Uhr morgens | Quiz | - | 11-19 08:00
Quiz 15:30 | Quiz | - | 11-18 15:30
Quiz 10:00 | Quiz | - | 11-19 10:00
Quiz mittags | Quiz | - | 11-19 12:00
Quiz Freitag Mitternacht | Quiz | - | 11-20
Quiz halb sechs | Quiz | - | 11-18 17:30
Quiz um halb 6 | Quiz | - | 11-18 17:30
Quiz Viertel nach sechs | Quiz | - | 11-18 18:15
Quiz Viertel vor sechs | Quiz | - | 11-18 17:45
Quiz dreiviertel sechs | Quiz | - | 11-18 17:45
Quiz siebzehn Uhr | Quiz | - | 11-18 17:00
Quiz siebzehn Uhr dreißig | Quiz | - | 11-18 17:30
Quiz Montag um 10 | Quiz | - | 11-23 10:00
Quiz Montag um 17h | Quiz | - | 11-23 17:00
Quiz Do 24:00 | Quiz | - | 11-20 00:00
Lesen 3h | Lesen | 180 | -
Lesen 3 h | Lesen | 180 | -
Lesen 3 Stunden | Lesen | 180 | -
Lesen 1 Std | Lesen | 60 | -
Lesen 1,5 Std. | Lesen | 90 | -
Lesen 1,5h | Lesen | 90 | -
Lesen 1.5 h | Lesen | 90 | -
Lesen 2h30 | Lesen | 150 | -
Lesen 2 h 30 | Lesen | 150 | -
Lesen 2 Std. 30 Min. | Lesen | 150 | -
Lesen 2 Stunden 30 Minuten | Lesen | 150 | -
Lesen 2 Stunden und 30 Minuten | Lesen | 150 | -
Lesen 90 min | Lesen | 90 | -
Lesen 90m | Lesen | 90 | -
Lesen für 2 Stunden | Lesen | 120 | -
Lesen dauert 2h | Lesen | 120 | -
Lesen ca. 2h | Lesen | 120 | -
Lesen etwa 2 Stunden | Lesen | 120 | -
Lesen ~2h | Lesen | 120 | -
Lesen eine halbe Stunde | Lesen | 30 | -
Lesen halbe Stunde | Lesen | 30 | -
Lesen eine Stunde | Lesen | 60 | -
Lesen anderthalb Stunden | Lesen | 90 | -
Lesen eineinhalb Stunden | Lesen | 90 | -
Lesen zweieinhalb Stunden | Lesen | 150 | -
Lesen zwei Stunden | Lesen | 120 | -
Lesen zwanzig Minuten | Lesen | 20 | -
Lesen fünfundvierzig Minuten | Lesen | 45 | -
Lesen eine Viertelstunde | Lesen | 15 | -
Lesen eine Dreiviertelstunde | Lesen | 45 | -
Lesen 1½ h | Lesen | 90 | -
Lesen ½ h | Lesen | 30 | -
Lesen 1 1/2 Stunden | Lesen | 90 | -
Lesen zehn Stunden | Lesen | 600 | -
drei Stunden Freitag siebzehn Uhr Aufsatz | Aufsatz | 180 | 11-20 17:00
Aufsatz drei Stunden Freitag siebzehn Uhr | Aufsatz | 180 | 11-20 17:00
Aufsatz drei Stunden Freitag siebzehn Uhr dreißig | Aufsatz | 180 | 11-20 17:30
Aufsatz zwei Stunden dreißig morgen mittags | Aufsatz | 150 | 11-19 12:00
Aufsatz eine halbe Stunde heute um sechs | Aufsatz | 30 | 11-18 18:00
Aufsatz eine Stunde nächsten Montag um neun Priorität vier | Aufsatz | 60 | 11-23 09:00 | !4
Aufsatz neunzig Minuten bis zum fünfundzwanzigsten November | Aufsatz | 90 | 11-25
Aufsatz vier Stunden bis Sonntagabend | Aufsatz | 240 | 11-22 20:00
Aufsatz, 3h, Freitag | Aufsatz | 180 | 11-20
Aufsatz; 3h; Freitag 17:00; #ges | Aufsatz | 180 | 11-20 17:00 | GES
Aufsatz (3h) Freitag | Aufsatz | 180 | 11-20
3h Aufsatz Freitag | Aufsatz | 180 | 11-20
Freitag 17:00 Aufsatz 3h | Aufsatz | 180 | 11-20 17:00
#ges Aufsatz 3h Freitag | Aufsatz | 180 | 11-20 | GES
#statistik Aufsatz | Aufsatz | - | - | STA
#ana Aufsatz | Aufsatz | - | - | ANA
!5 Aufsatz Freitag | Aufsatz | - | 11-20 | !5
Aufsatz Freitag !1 | Aufsatz | - | 11-20 | !1
Aufsatz Freitag !! | Aufsatz | - | 11-20 | !4
Aufsatz Prio 2 | Aufsatz | - | - | !2
Aufsatz Priorität 5 Freitag | Aufsatz | - | 11-20 | !5
FREITAG AUFSATZ 3H | AUFSATZ | 180 | 11-20
Aufsatz  3h   Freitag | Aufsatz | 180 | 11-20
Aufsatz über Kant 3h in 4 Tagen 18:00 | Aufsatz über Kant | 180 | 11-22 18:00
Mama anrufen Sonntag | Mama anrufen | - | 11-22
Formular abgeben Mo | Formular abgeben | - | 11-23
Formular abgeben bis Mo 9:00 | Formular abgeben | - | 11-23 09:00
Formular abgeben Mi 10:00 | Formular abgeben | - | 11-25 10:00
Formular abgeben Mi 18:00 | Formular abgeben | - | 11-18 18:00
Formular abgeben Mittwoch 18 Uhr | Formular abgeben | - | 11-18 18:00
Formular abgeben Do | Formular abgeben | - | 11-19
Formular abgeben Fr 17:00 | Formular abgeben | - | 11-20 17:00
formular abgeben fr 17:00 | Formular abgeben | - | 11-20 17:00
Formular abgeben Sa 11:00 2h | Formular abgeben | 120 | 11-21 11:00
Formular abgeben So !2 | Formular abgeben | - | 11-22 | !2
Montag Vorlesung nacharbeiten Fr | Montag Vorlesung nacharbeiten | - | 11-20
2 Kapitel wiederholen 3h Sonntag #ana | 2 Kapitel wiederholen | 180 | 11-22 | ANA
Woche 3 wiederholen 1h Donnerstag | Woche 3 wiederholen | 60 | 11-19
Seiten 10-24 lesen 1h30 Dienstag | Seiten 10-24 lesen | 90 | 11-24
Aufgabe 1.2 40 min Montag | Aufgabe 1.2 | 40 | 11-23
Aufgaben 1/2 und 3/4 1h Montag | Aufgaben 1/2 und 3/4 | 60 | 11-23
„Freitag der 13.“ ansehen 2h Samstag | „Freitag der 13.“ ansehen | 120 | 11-21
„3h Stille“ hören Sonntag | „3h Stille“ hören | - | 11-22
eBook Kapitel 3 1h morgen | eBook Kapitel 3 | 60 | 11-19
Mail an prof@uni.de 10 min morgen | Mail an prof@uni.de | 10 | 11-19
Hausarbeit Gliederung 5h in drei Wochen | Hausarbeit Gliederung | 300 | 12-09
Vortrag üben 20 min morgen 8:45 | Vortrag üben | 20 | 11-19 08:45
Labor 2 vorbereiten 75 min Mo 07:30 !3 | Labor 2 vorbereiten | 75 | 11-23 07:30 | !3
Gedicht übersetzen etwa 40 Minuten bis Dienstag | Gedicht übersetzen | 40 | 11-24
Klausur lernen 12h bis 14. Dezember | Klausur lernen | 720 | 12-14
Klausur lernen 12 Stunden bis zum 14.12. 8:00 #ana !5 | Klausur lernen | 720 | 12-14 08:00 | ANA !5
Exkursion anmelden bis 2. Dez mittags | Exkursion anmelden | - | 12-02 12:00
40 Vokabeln lernen 25 min heute 20:00 | 40 Vokabeln lernen | 25 | 11-18 20:00
Einleitung umschreiben 1 Stunde Samstag früh | Einleitung umschreiben | 60 | 11-21 09:00
Gutachten 50min Sonntagnachmittag #sta | Gutachten | 50 | 11-22 15:00 | STA
Prüfungen anmelden bis 30. November | Prüfungen anmelden | - | 11-30
Tagebuch 15 min heute Abend | Tagebuch | 15 | 11-18 20:00
Tagebuch fünfzehn Minuten heute | Tagebuch | 15 | 11-18
Sprechstunde vorbereiten 30 min in 2 Tagen um 9:30 | Sprechstunde vorbereiten | 30 | 11-20 09:30
30 Seiten lesen 1h morgen 21:00 | 30 Seiten lesen | 60 | 11-19 21:00
Kapitel 12 zusammenfassen 1h15 Montag 12:00 | Kapitel 12 zusammenfassen | 75 | 11-23 12:00
Blatt 7 55 min nächsten Donnerstag | Blatt 7 | 55 | 11-19
Aufsatz 3h nicht vor Montag bis 27. Nov | Aufsatz | 180 | 11-27 | from 11-23
Aufsatz 3h Freitag nächster Woche nicht vor Dienstag 8 Uhr | Aufsatz | 180 | 11-27 | from 11-24 08:00
Aufsatz 3h 27.11. nicht vor 23.11. | Aufsatz | 180 | 11-27 | from 11-23
Aufsatz ab morgen bis Freitag 17:00 | Aufsatz | - | 11-20 17:00 | from 11-19
Aufsatz erst ab dem 3. Dezember bis 10. Dez | Aufsatz | - | 12-10 | from 12-03
Blatt 8 Abgabe: Freitag 8 Uhr | Blatt 8 | - | 11-20 08:00
Quellen suchen 2h Fr | Quellen suchen | 120 | 11-20
Plakat drucken morgen mittags 10 min | Plakat drucken | 10 | 11-19 12:00
Notizen sichern 5 min Freitag | Notizen sichern | 5 | 11-20
Debatte vorbereiten 1h 45 Do | Debatte vorbereiten | 105 | 11-19
Protokoll bis Freitag früh 1 Std | Protokoll | 60 | 11-20 09:00
Protokoll am Dienstag um 8 Uhr 15 | Protokoll | - | 11-24 08:15
`;

/* Nothing in these may be read. */
export const refusals = `
Monitor reparieren
Sonntagsblatt lesen
Sonntagskind Gedicht
Montagsmaler vorbereiten
Dienstagsclub planen
freitags im Kino
Karfreitag Bräuche
Ostermontag Referat
Aschermittwoch Gedicht
Rosenmontagszug
Samstagabendshow ansehen
so weit lesen
also so
mach es so
do it yourself
Domino bauen
Mila anrufen
Freundschaft Aufsatz
Frau Mai anrufen
Maikäfer Vortrag
März-Gedichte
Julia und Romeo
Juniorprofessur
Augustus Biografie
Oktopus Anatomie
Dezimalzahlen
Jandl Gedicht
am Morgen joggen
guten Morgen Lied
der Morgen danach
Morgenstern Gedicht
übermorgens
heutige Zeitung
Stundenplan abschreiben
Minutenwalzer
3hüte Rätsel
100 m Lauf
100m Lauf auswerten
5-Minuten-Vortrag
24-Stunden-Rennen
Uhrwerk zeichnen
Viertel der Stadt
halbes Kapitel
Version 2.0.1 lesen
Aufgabe 3.4
Aufgaben 1/2 und 3/4
Seiten 10-24
Verhältnis 16:9
"Freitag 17:00 3h"
„morgen“ von Lena
»Sonntag«
https://example.org/freitag/17:00
Mail an freitag@example.org
#unbekannt Kurs
c#ges
toll!3
jeden Tag ein Stück weiter
jede Woche Neues aus der Chemie
alle 3 Musketiere
nächster Wochenplan
täglich lesen üben
wöchentliche Übung
jeder Anfang ist schwer
Mittwochs-AG
Sa-Mathe
Nachmittagsschlaf
5. Kapitel lesen
`;
