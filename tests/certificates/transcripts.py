"""Transcripts of an invented programme in four languages, and a letter: long enough for several pages."""

from dataclasses import dataclass
from datetime import UTC, datetime

from certificates.paper.documents.content import (
    Code,
    Column,
    Document,
    Heading,
    Institution,
    KeyValues,
    Notes,
    Paragraph,
    Row,
    RowGroup,
    Rule,
    Run,
    Signatory,
    SignatureBlock,
    Spacer,
    Table,
    Verification,
)

MOMENT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Said:
    """The words of one language."""

    institutions: tuple[tuple[str, str], ...]
    title: str
    subtitle: str
    person: tuple[tuple[str, str], ...]
    heads: tuple[str, ...]
    phases: tuple[str, str, str]
    modules: tuple[str, ...]
    total: str
    sections: tuple[str, str]
    legend: tuple[tuple[str, str], ...]
    text: str
    place: str
    offices: tuple[str, str]
    labels: tuple[str, str, str, str]
    page: str
    sentence: str


ENGLISH = Said(
    (
        ("United Nations Interregional Crime and Justice Research Institute", "Host institution"),
        ("University for Peace", "Institution that awards the degree"),
    ),
    "Transcript of records",
    "Master of Laws in Transnational Crime and Justice",
    (
        ("Name", "Amina Diallo-Bergström"),
        ("Date of birth", "14 March 1994"),
        ("Student number", "LLM-2026-0042"),
        ("Edition", "2026-27, Turin"),
        ("Admitted on", "17 November 2026"),
        ("Degree conferred on", "26 June 2027"),
    ),
    ("Code", "Module", "Hours", "Credits", "Grade"),
    ("Online phase", "Residential phase in Turin", "Graduation project"),
    (
        "Introduction to international criminal law",
        "Peace and conflict studies: the causes of violence and its prevention",
        "Transnational organized crime and the Palermo Convention",
        "International humanitarian law",
        "Human rights law and the administration of justice",
        "Tracing, freezing and recovering the proceeds of crime across borders and legal traditions",
        "Trafficking in persons and the smuggling of migrants",
        "Cybercrime and electronic evidence",
    ),
    "Total",
    ("Results", "How to read this transcript"),
    (
        ("A", "90 to 100: excellent"),
        ("B", "80 to 89: very good"),
        ("C", "70 to 79: good"),
        ("D", "60 to 69: sufficient"),
        ("F", "below 60: not passed"),
        ("P", "passed, without a grade"),
    ),
    "One credit stands for 15 hours of teaching and 30 hours of work. Attendance was compulsory; the holder attended "
    "96 % of all sessions. This transcript was made by the registry and carries an electronic signature.",
    "Turin, 26 June 2027",
    ("Director", "Registrar, Academic Programmes"),
    ("Registry number", "Verification code", "Verify at", "QR code that leads to the verification page"),
    "Page {page} of {pages}",
    "Anybody can verify this paper without signing in.",
)
FRENCH = Said(
    (
        (
            "Institut interrégional de recherche des Nations Unies sur la criminalité et la justice",
            "Établissement hôte",
        ),
        ("Université pour la paix", "Établissement qui délivre le diplôme"),
    ),
    "Relevé de notes",
    "Master de droit (LL.M.) en criminalité transnationale et justice",
    (
        ("Nom", "François Œuvrard-N’Diaye"),
        ("Date de naissance", "14 mars 1994"),
        ("Numéro d’étudiant", "LLM-2026-0042"),
        ("Édition", "2026-27, Turin"),
        ("Admission", "17 novembre 2026"),
        ("Diplôme conféré", "26 juin 2027"),
    ),
    ("Code", "Module", "Heures", "Crédits", "Note"),
    ("Phase en ligne", "Phase résidentielle à Turin", "Projet de fin d’études"),
    (
        "Introduction au droit international pénal",
        "Paix et conflits : les causes de la violence et sa prévention",
        "La criminalité transnationale organisée et la Convention de Palerme",
        "Droit international humanitaire",
        "Droits de l’homme et administration de la justice",
        "Retracer, geler et recouvrer les produits du crime d’un ordre juridique à l’autre",
        "Traite des personnes et trafic illicite de migrants",
        "Cybercriminalité et preuve électronique",
    ),
    "Total",
    ("Résultats", "Comment lire ce relevé"),
    (
        ("A", "de 90 à 100 : excellent"),
        ("B", "de 80 à 89 : très bien"),
        ("C", "de 70 à 79 : bien"),
        ("D", "de 60 à 69 : suffisant"),
        ("F", "moins de 60 : non validé"),
        ("P", "validé sans note"),
    ),
    "Un crédit correspond à 15 heures d’enseignement et à 30 heures de travail. La présence était obligatoire ; le "
    "titulaire a suivi 96 % des séances. Ce relevé porte une signature électronique.",
    "Turin, le 26 juin 2027",
    ("Directrice", "Secrétaire générale des études"),
    ("Numéro de registre", "Code de vérification", "Vérifier sur", "Code QR qui mène à la vérification"),
    "Page {page} sur {pages}",
    "Toute personne peut vérifier ce document sans se connecter.",
)
ARABIC = Said(
    (
        ("معهد الأمم المتحدة الأقاليمي لأبحاث الجريمة والعدالة", "المؤسسة المضيفة"),
        ("جامعة السلام", "المؤسسة المانحة للدرجة العلمية"),
    ),
    "كشف الدرجات",
    "ماجستير القانون (LL.M.) في الجريمة عبر الوطنية والعدالة",
    (
        ("الاسم", "عبد الله بن محمد (Abdallah Ben Mohamed)"),
        ("تاريخ الميلاد", "14 آذار/مارس 1994"),
        ("رقم الطالب", "LLM-2026-0042"),
        ("الدورة", "2026-27، تورينو"),
        ("تاريخ القبول", "17 تشرين الثاني/نوفمبر 2026"),
        ("تاريخ منح الدرجة", "26 حزيران/يونيه 2027"),
    ),
    ("الرمز", "الوحدة الدراسية", "الساعات", "الأرصدة", "الدرجة"),
    ("المرحلة عبر الإنترنت", "المرحلة الحضورية في تورينو", "مشروع التخرّج"),
    (
        "مدخل إلى القانون الجنائي الدولي",
        "السلام والنزاع: أسباب العنف والوقاية منه",
        "الجريمة المنظمة عبر الوطنية واتفاقية باليرمو (UNTOC)",
        "القانون الدولي الإنساني",
        "حقوق الإنسان وإقامة العدل",
        "تتبّع عائدات الجريمة وتجميدها واستردادها عبر الحدود وبين النظم القانونية المختلفة",
        "الاتجار بالأشخاص وتهريب المهاجرين",
        "الجريمة السيبرانية والأدلة الإلكترونية",
    ),
    "المجموع",
    ("النتائج", "كيف يُقرأ هذا الكشف"),
    (
        ("A", "من 90 إلى 100: ممتاز"),
        ("B", "من 80 إلى 89: جيّد جدًّا"),
        ("C", "من 70 إلى 79: جيّد"),
        ("D", "من 60 إلى 69: مقبول"),
        ("F", "أقل من 60: راسب"),
        ("P", "ناجح بلا درجة"),
    ),
    "يعادل الرصيد الواحد 15 ساعة من التدريس و30 ساعة من العمل. كان الحضور إلزاميًّا، وقد حضر صاحب هذا الكشف 96 % من "
    "الجلسات. صدر هذا الكشف عن مكتب السجل ويحمل توقيعًا إلكترونيًّا.",
    "تورينو، 26 حزيران/يونيه 2027",
    ("المديرة", "أمينة السجل، البرامج الأكاديمية"),
    ("رقم السجل", "رمز التحقق", "للتحقّق", "رمز استجابة سريعة يقود إلى صفحة التحقّق"),
    "الصفحة {page} من {pages}",
    "يمكن لأي شخص التحقّق من هذه الوثيقة دون تسجيل الدخول.",
)
CHINESE = Said(
    (
        ("联合国区域间犯罪和司法研究所", "主办机构"),
        ("和平大学", "学位授予机构"),
    ),
    "成绩单",
    "跨国犯罪与司法法学硕士（LL.M.）",
    (
        ("姓名", "王小明（Wang Xiaoming）"),
        ("出生日期", "1994年3月14日"),
        ("学号", "LLM-2026-0042"),
        ("期次", "2026-27年，都灵"),
        ("录取日期", "2026年11月17日"),
        ("学位授予日期", "2027年6月26日"),
    ),
    ("代码", "课程", "学时", "学分", "成绩"),
    ("在线阶段", "都灵面授阶段", "毕业项目"),
    (
        "国际刑法导论",
        "和平与冲突：暴力的根源及其预防",
        "跨国有组织犯罪与《巴勒莫公约》",
        "国际人道法",
        "人权法与司法",
        "跨境与跨法系追踪、冻结和追回犯罪所得：从调查、起诉到返还资产的全过程与国际合作",
        "贩运人口与偷运移民",
        "网络犯罪与电子证据",
    ),
    "合计",
    ("成绩", "成绩单说明"),
    (
        ("A", "90至100分：优秀"),
        ("B", "80至89分：良好"),
        ("C", "70至79分：中等"),
        ("D", "60至69分：及格"),
        ("F", "60分以下：不及格"),
        ("P", "通过，不计分"),
    ),
    "一个学分相当于15学时的授课和30学时的学习。出勤为必修要求，持有人出席了全部课时的96%。"
    "本成绩单由注册处出具，并带有电子签名，可在核验页面上核验其真伪。",
    "都灵，2027年6月26日",
    ("所长", "学术项目注册主任"),
    ("登记编号", "验证码", "验证网址", "通往验证页面的二维码"),
    "第{page}页，共{pages}页",
    "任何人均可在不登录的情况下核验本文件。",
)
SAID = {"en": ENGLISH, "fr": FRENCH, "ar": ARABIC, "zh-hans": CHINESE}
GRADES = ("A", "B+", "A", "C", "B", "A", "P", "B-")


def verification(said):
    number, code, verify, alternative = said.labels
    return Verification(
        "UNI-2026-000123",
        "7K3M9-QXT4W-2NPA7",
        "https://learn.example.org/verify/7K3M9-QXT4W-2NPA7",
        number,
        code,
        verify,
        alternative,
    )


def results(said, repeated=1):
    """The table of results; each module so many times."""
    aligns, widths = ("start", "start", "figures", "figures", "centre"), (1.25, 5.4, 1, 1, 0.9)
    columns = tuple(
        Column(head, width, align, names_row=number == 1)
        for number, (head, width, align) in enumerate(zip(said.heads, widths, aligns, strict=True))
    )
    groups = tuple(
        RowGroup(
            (
                *(
                    Row((f"TCJ-{phase + 1}{index:02}", module, "24", "1.5", GRADES[index % 8]))
                    for index, module in enumerate(said.modules * repeated)
                ),
                Row(("", said.total, str(24 * 8 * repeated), f"{12.0 * repeated}", ""), total=True),
            ),
            title,
        )
        for phase, title in enumerate(said.phases)
    )
    return Table(columns, groups, summary=said.sections[0])


def transcript(language="en", repeated=1, **changes):
    said = SAID[language]
    fields = {
        "language": language,
        "direction": "rtl" if language == "ar" else "ltr",
        "title": said.title,
        "subtitle": said.subtitle,
        "holder": said.person[0][1],
        "institutions": tuple(Institution(*one) for one in said.institutions),
        "monogram": "UNICRI",
        "issued_at": MOMENT,
        "page_label": said.page,
        "verification": verification(said),
        "blocks": (
            KeyValues(said.person, columns=2),
            Heading(said.sections[0]),
            results(said, repeated),
            Heading(said.sections[1]),
            Paragraph(said.text),
            Notes(said.legend, columns=2),
            SignatureBlock(
                (
                    Signatory("Dr Helena Okafor-Lindqvist", said.offices[0]),
                    Signatory("Samuel Adeyemi-Castellanos", said.offices[1]),
                ),
                said.place,
            ),
            Code(said.sentence),
        ),
    }
    return Document(**(fields | changes))


def letter(language="en", **changes):
    said = SAID[language]
    fields = {
        "look": "letter",
        "title": said.subtitle,
        "subtitle": "",
        "dated": said.place,
        "addressee": f"{said.person[0][1]}\n12 Rue de la Paix\nDakar",
        "blocks": (
            Paragraph(
                (
                    Run(said.text + " "),
                    Run(said.modules[5], bold=True),
                    Run(". "),
                    Run(said.modules[1], italic=True),
                )
            ),
            Paragraph(said.text),
            KeyValues(said.person[:4]),
            Rule(),
            Paragraph(said.text),
            SignatureBlock((Signatory("Dr Helena Okafor-Lindqvist", said.offices[0]),)),
            Spacer(3),
            Code(said.sentence),
        ),
    }
    return transcript(language, **(fields | changes))
