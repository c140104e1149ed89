"""Sample texts in English."""

UNITS = [
    {
        "number": 1,
        "title": "From crime to proceeds",
        "lessons": [
            {"title": "Why follow the money", "href": "#", "minutes": 20, "state": "done"},
            {"title": "Predicate offences and proceeds", "href": "#", "minutes": 25, "state": "done"},
        ],
    },
    {
        "number": 2,
        "title": "Finding and freezing",
        "lessons": [
            {"title": "Financial profiles and open sources", "href": "#", "minutes": 30, "state": "current", "here": True},
            {"title": "Freezing orders and urgency", "href": "#", "minutes": 25, "state": "open"},
            {"title": "Quiz: finding and freezing", "href": "#", "minutes": 15, "state": "open"},
        ],
    },
    {
        "number": 3,
        "title": "Across borders",
        "lessons": [
            {
                "title": "Writing a request that is answered",
                "minutes": 30,
                "state": "locked",
                "note": "opens on 1 December 2026",
            },
            {"title": "Return and social reuse", "minutes": 20, "state": "locked", "note": "opens on 1 December 2026"},
        ],
    },
]

ENGLISH = {
    "units": UNITS,
    "plain_units": [
        {
            "number": unit["number"],
            "title": unit["title"],
            "lessons": [{"title": lesson["title"], "minutes": lesson["minutes"]} for lesson in unit["lessons"]],
        }
        for unit in UNITS
    ],
    "course": "Tracing criminal assets",
    "course_kind": "Professional course",
    "course_summary": "Find, freeze and recover the proceeds of crime, at home and with other States.",
    "unit": "Finding and freezing",
    "lesson": "Financial profiles and open sources",
    "home": {
        "title": "Learning for those who do justice",
        "lead": "Courses and degrees for judges, prosecutors, police and prison officers, from the institute that "
        "studies crime and justice for the United Nations.",
        "search": "Search courses",
        "search_button": "Search",
        "continue": "Continue where you stopped",
        "left": "3 left: two lessons and a quiz",
        "button": "Continue",
        "routes": [
            {
                "title": "Professional training",
                "text": "Short courses, free of charge, at your own pace or with a tutor.",
            },
            {
                "title": "LL.M. and postgraduate",
                "text": "Degrees in transnational crime and justice, taught in person and online.",
            },
            {"title": "Resources", "text": "Readings, case studies and glossaries open to everybody."},
        ],
    },
    "catalogue": {
        "title": "Catalogue",
        "lead": "What you can take, when, and how to get in.",
        "filter": "Filter",
        "show": "Show results",
        "count": "24 courses",
        "sort": "Newest first",
        "facets": [
            {
                "name": "Theme",
                "choices": [
                    ("Corruption and asset recovery", 8, True),
                    ("Counter-terrorism", 6, False),
                    ("Electronic evidence", 5, False),
                    ("Environmental crime", 3, False),
                ],
            },
            {"name": "Profession", "choices": [("Judges", 18, False), ("Prosecutors", 21, True), ("Police", 15, False)]},
            {"name": "Language", "choices": [("English", 24, False), ("French", 9, False), ("Arabic", 4, False)]},
        ],
        "results": [
            {
                "eyebrow": "Professional course · Introductory",
                "title": "Tracing criminal assets",
                "summary": "Find, freeze and recover the proceeds of crime, at home and with other States.",
                "meta": [
                    ("clock", "6 hours"),
                    ("languages", "English, French, Arabic"),
                    ("calendar", "At any time"),
                    ("award", "Certificate of completion"),
                ],
                "note": "Open to everybody: start now",
            },
            {
                "eyebrow": "Professional course · Advanced",
                "title": "Electronic evidence from service providers abroad",
                "summary": "Preserve, request and test data held in another country, and present it so that it stands.",
                "meta": [
                    ("clock", "12 hours"),
                    ("languages", "English"),
                    ("calendar", "11 January to 5 March 2027, with a tutor"),
                    ("award", "Certificate of completion"),
                ],
                "note": "With an enrolment key from your training centre",
            },
            {
                "eyebrow": "Degree",
                "title": "LL.M. in Transnational Crime and Justice",
                "summary": "A year of study with the institute and its university partner, part in person, part online.",
                "meta": [("clock", "60 credits"), ("languages", "English"), ("calendar", "October 2027 to July 2028")],
                "note": "By application, until 30 April 2027",
            },
        ],
    },
    "course_page": {
        "outcomes_title": "What you will be able to do",
        "outcomes": [
            "Draw a financial profile of a suspect from lawful, open sources",
            "Choose between freezing, seizure and confiscation, and give reasons",
            "Write a request for mutual legal assistance that can be executed",
            "Plan the return of assets under chapter V of the Convention against Corruption",
        ],
        "audience_title": "For whom",
        "audience": "Judges, prosecutors and financial investigators who meet money in their files and want to follow it. "
        "No earlier training in finance is needed.",
        "outline_title": "Outline",
        "team_title": "Who teaches it",
        "team": [("Amina El-Khatib", "Asset recovery adviser"), ("Tomás Ferreira", "Investigating judge")],
        "facts": [
            ("Workload", "6 hours"),
            ("Language", "English, French, Arabic"),
            ("When", "At any time, at your own pace"),
            ("Award", "Certificate of completion"),
            ("Cost", "Free of charge"),
        ],
        "button": "Start this course",
        "reason": "Open to everybody. You need an account, which takes two minutes.",
    },
    "lesson_page": {
        "eyebrow": "Unit 2 · Lesson 1 of 3",
        "outline": "Course outline · 2 of 7 done",
        "minutes": "30 minutes",
        "p1": "An investigation that stops at the offence leaves its motive untouched. Most serious crime is committed for "
        "gain, and the gain leaves traces: in registers of companies and land, in bank records, in tax declarations, and "
        "in the way people live.",
        "h1": "What a financial profile is",
        "p2": "A financial profile compares what a person is known to have received with what that person has spent and "
        "acquired over the same period. It proves nothing by itself. It shows where to look and what to ask for, and in "
        "many legal systems it lets the court draw an inference that the defendant may rebut.",
        "list": [
            "Income that can be verified: salary, declared business profit, inheritance.",
            "Assets acquired, at the price actually paid and not the price declared.",
            "Expenditure, including what others paid on the person's behalf.",
        ],
        "quote": "The return of assets pursuant to this chapter is a fundamental principle of this Convention, and States "
        "Parties shall afford one another the widest measure of cooperation and assistance in this regard.",
        "source": "United Nations Convention against Corruption, article 51",
        "callout_title": "Keep in mind",
        "callout": "A profile drawn from open sources is a lead. What goes to court must be obtained again, lawfully, from "
        "whoever holds the original.",
        "table": "Measures compared",
        "table_head": ["Measure", "Who orders it", "How long it lasts"],
        "table_rows": [
            ["Freezing", "A judge, or a prosecutor in urgent cases", "Until a decision, often with a limit"],
            ["Seizure", "A judge", "Until the end of proceedings"],
            ["Confiscation", "The court, by judgment", "For ever"],
        ],
        "case_label": "Case study",
        "case_title": "The apartment by the sea",
        "case": [
            ("Facts", "A customs officer with a modest salary uses, but does not own, an apartment held by a company abroad."),
            ("Law", "The law presumes nothing about assets held by others; control has to be shown."),
            ("Question", "Which three records would you ask for first, and from whom?"),
            ("Lesson learned", "Who pays the bills often says more about ownership than the register does."),
        ],
        "place": "Italy",
        "place_title": "Preventive confiscation",
        "place_text": "Assets out of proportion to lawful income can be confiscated in separate, preventive proceedings.",
        "term": "Beneficial owner",
        "definition": "The natural person who ultimately owns or controls an asset, whatever name is on the register.",
        "caption": "Figure 1. From income and assets to the question that has no answer yet.",
        "file": "Template: financial profile",
        "warning_title": "Do not contact the other State informally by e-mail",
        "warning": "What you send may be disclosed to the defence. Use the channel your central authority has agreed.",
        "transcript": "Transcript",
        "activity": "Read to the end? Mark the lesson as done and go on.",
        "activity_button": "Mark as done",
        "done": "Done on 3 November 2026",
        "previous": "Previous",
        "previous_title": "Predicate offences and proceeds",
        "next": "Next",
        "next_title": "Freezing orders and urgency",
        "ask": "Ask the tutor",
    },
    "quiz": {
        "title": "Quiz: finding and freezing",
        "lead": "10 questions. You need 70 %. This is attempt 2 of 3.",
        "number": "Question 3 of 10",
        "stem": "A suspect lives in an apartment that belongs to a company registered abroad. Which record shows best who "
        "controls it?",
        "hint": "Choose one.",
        "options": [
            "The entry in the land register",
            "The contract and the payments for running costs",
            "The company's certificate of incorporation",
            "The tax declaration of the suspect",
        ],
        "number2": "Question 4 of 10",
        "stem2": "Which of these measures end with the proceedings?",
        "hint2": "Choose all that apply.",
        "options2": ["Freezing", "Seizure", "Confiscation by judgment"],
        "saved": "Saved 14:02",
        "waiting": "Not saved yet: the connection is lost. Your answer is kept here and sent when it is back.",
        "flag": "Come back to this question",
        "time": "18 minutes left",
        "review": "Review and hand in",
        "next": "Next question",
        "navigator": "Questions",
        "passed": "Passed",
        "failed": "Not passed yet",
        "score": "8 of 10 · 80 %",
        "need": "You needed 70 %. The quiz is done; your best attempt counts.",
        "failed_need": "You have 60 % and need 70 %. You have 2 attempts left.",
        "again": "Try again",
        "right": "Your answer, correct",
        "wrong": "Your answer, not correct",
        "correct": "The correct answer",
        "feedback": "Who pays the running costs and on whose instruction is the nearest thing to a proof of control. The "
        "register only tells you the name.",
        "option_feedback": "It names the company, not the person behind it.",
    },
    "learning": {
        "title": "My learning",
        "due": "What is due",
        "agenda": [
            ("by 3 December", "Quiz: finding and freezing", "Tracing criminal assets · 10 questions", False),
            ("by 10 December", "Request for assistance", "Electronic evidence · one lesson of 30 minutes", False),
        ],
        "late": ("since 20 November", "Reading: the Budapest Convention", "Electronic evidence", True),
        "progress": "In progress",
        "left": "3 left: two lessons and the quiz of unit 2",
        "words": "4 of 7 done",
        "open": "Continue",
        "awards": "Awards",
        "empty": "No awards yet",
        "empty_text": "When you complete a course, its certificate appears here and can be downloaded.",
    },
    "awards": {
        "title": "Awards",
        "item": "Certificate of completion",
        "meta": [("award", "UNICRI-2026-000421"), ("calendar", "3 November 2026"), ("clock", "6 hours")],
        "download": "Download the certificate",
        "verify": "What others see when they verify it",
    },
    "verification": {
        "label": "This certificate is",
        "valid": "Valid",
        "facts": [
            ("Name", "Amina El-Khatib"),
            ("Award", "Certificate of completion"),
            ("Course", "Tracing criminal assets"),
            ("Hours", "6"),
            ("Issued", "3 November 2026"),
            ("Number", "UNICRI-2026-000421"),
        ],
    },
    "profile": {
        "title": "Your profile",
        "lead": "Asked once. Each question says why it is asked; what is optional can stay empty.",
        "save": "Save",
        "cancel": "Cancel",
    },
    "thread": {
        "title": "Question to the tutor",
        "private": "Only you and the tutors of this edition read this.",
        "me": "Does article 31 require value-based confiscation, or only allow it?",
        "tutor": "It requires States to enable it “to the greatest extent possible” within their legal systems. Look at "
        "paragraph 1 (a): “property the value of which corresponds to that of such proceeds”.",
        "tutor_name": "Tomás Ferreira",
        "tutor_role": "Tutor",
        "my_name": "Amina El-Khatib",
        "label": "Your answer",
        "send": "Send",
    },
}
