"""What the system itself says on papers, in all six languages, also those its screens are not translated into."""

from datetime import date
from decimal import Decimal

from babel import Locale
from django.utils.dateformat import format as format_date
from django.utils.formats import number_format
from django.utils.translation import override

# The plural forms are those of Unicode's CLDR.
HOURS = {
    "en": {"one": "{n} hour of study", "other": "{n} hours of study"},
    "fr": {"one": "{n} heure d’étude", "other": "{n} heures d’étude"},
    "es": {"one": "{n} hora de estudio", "other": "{n} horas de estudio"},
    "ru": {
        "one": "{n} час обучения",
        "few": "{n} часа обучения",
        "many": "{n} часов обучения",
        "other": "{n} часа обучения",
    },
    "zh-hans": {"other": "学习时长{n}小时"},
    "ar": {
        "zero": "{n} ساعة دراسية",
        "one": "ساعة دراسية واحدة",
        "two": "ساعتان دراسيتان",
        "few": "{n} ساعات دراسية",
        "many": "{n} ساعة دراسية",
        "other": "{n} ساعة دراسية",
    },
}
PHRASES = {
    "completed_on": {
        "en": "completed on {day}",
        "fr": "achevé le {day}",
        "es": "finalizado el {day}",
        "ru": "завершено {day}",
        "zh-hans": "{day}完成",
        "ar": "تاريخ الإتمام: {day}",
    },
    "issued_on": {
        "en": "Given on {day}",
        "fr": "Délivré le {day}",
        "es": "Expedido el {day}",
        "ru": "Выдано {day}",
        "zh-hans": "{day}颁发",
        "ar": "صدرت في {day}",
    },
    "valid_until": {
        "en": "valid until {day}",
        "fr": "valable jusqu’au {day}",
        "es": "válido hasta el {day}",
        "ru": "действительно до {day}",
        "zh-hans": "有效期至{day}",
        "ar": "صالحة حتى {day}",
    },
    "dates": {
        "en": "from {start} to {end}",
        "fr": "du {start} au {end}",
        "es": "del {start} al {end}",
        "ru": "с {start} по {end}",
        "zh-hans": "{start}至{end}",
        "ar": "من {start} إلى {end}",
    },
    "grade": {
        "en": "with the result: {grade}",
        "fr": "avec le résultat : {grade}",
        "es": "con la calificación: {grade}",
        "ru": "с результатом: {grade}",
        "zh-hans": "成绩：{grade}",
        "ar": "بنتيجة: {grade}",
    },
    "number_label": {
        "en": "Registry number",
        "fr": "Numéro de registre",
        "es": "Número de registro",
        "ru": "Регистрационный номер",
        "zh-hans": "登记编号",
        "ar": "رقم السجل",
    },
    "code_label": {
        "en": "Verification code",
        "fr": "Code de vérification",
        "es": "Código de verificación",
        "ru": "Код проверки",
        "zh-hans": "验证码",
        "ar": "رمز التحقّق",
    },
    "verify_label": {
        "en": "Verify at",
        "fr": "Vérifier sur",
        "es": "Verificar en",
        "ru": "Проверить на",
        "zh-hans": "验证网址",
        "ar": "للتحقّق",
    },
    "page_of": {
        "en": "Page {page} of {pages}",
        "fr": "Page {page} sur {pages}",
        "es": "Página {page} de {pages}",
        "ru": "Страница {page} из {pages}",
        "zh-hans": "第{page}页，共{pages}页",
        "ar": "الصفحة {page} من {pages}",
    },
    "verify_sentence": {
        "en": "Anybody can verify this paper there, without signing in.",
        "fr": "Toute personne peut y vérifier ce document, sans se connecter.",
        "es": "Cualquiera puede verificar allí este documento, sin iniciar sesión.",
        "ru": "Любой может проверить там этот документ, не входя в систему.",
        "zh-hans": "任何人均可在该网址核验本文件，无需登录。",
        "ar": "يمكن لأي شخص التحقّق من هذه الوثيقة هناك دون تسجيل الدخول.",
    },
    "qr_alternative": {
        "en": "QR code that leads to the verification page",
        "fr": "Code QR qui mène à la page de vérification",
        "es": "Código QR que conduce a la página de verificación",
        "ru": "QR-код, ведущий на страницу проверки",
        "zh-hans": "通往验证页面的二维码",
        "ar": "رمز استجابة سريعة يقود إلى صفحة التحقّق",
    },
    "signature_alternative": {
        "en": "Signature of {name}",
        "fr": "Signature de {name}",
        "es": "Firma de {name}",
        "ru": "Подпись: {name}",
        "zh-hans": "{name}的签名",
        "ar": "توقيع {name}",
    },
}
DAY_FORMATS = {"es": r"j \d\e F \d\e Y", "ru": "j E Y г.", "zh-hans": "Y年n月j日"}


def phrase(name: str, language: str, /, **values: str) -> str:
    """One of the phrases with its values; English where a language has none."""
    said = PHRASES[name]
    return (said.get(language) or said["en"]).format(**values)


def hours_of_study(hours: Decimal, language: str) -> str:
    """So many hours, in the right plural; empty for none."""
    if not hours:
        return ""
    forms = HOURS.get(language) or HOURS["en"]
    hours = hours.normalize()
    form = Locale.parse(language.replace("-", "_")).plural_form(hours)
    with override(language):
        return forms.get(form, forms["other"]).format(n=number_format(f"{hours:f}"))


def day_in(day: date, language: str) -> str:
    """A day as it is written out in a language."""
    if language == "fr" and day.day == 1:
        return f"1er {day_in(day.replace(day=2), language)[2:]}"
    with override(language):
        return format_date(day, DAY_FORMATS.get(language, "j F Y"))
