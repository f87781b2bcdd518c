"""What the papers' pages say around an article, by language."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Labels:
    """dated: for strftime, in the paper's own time zone. related and nav are in the pages' margins, never in a text."""

    zone: str
    dated: str
    nav: tuple[str, ...]
    related: str
    imprint: str
    paywall: str
    consent: tuple[str, str, str]  # heading, text, button


LABELS = {
    "de": Labels(
        zone="Europe/Berlin",
        dated="Stand: %d.%m.%Y %H:%M Uhr",
        nav=("Inland", "Ausland", "Wirtschaft", "Sport", "Kultur", "Wetter"),
        related="Mehr zum Thema",
        imprint="Impressum und Datenschutz",
        paywall="Weiterlesen mit Elbwarte plus: vier Wochen kostenlos, danach monatlich kündbar.",
        consent=("Ihre Privatsphäre", "Wir und 142 Partner speichern Informationen auf Ihrem Gerät.", "Alle akzeptieren"),
    ),
    "en": Labels(
        zone="Europe/London",
        dated="Published %d %B %Y, %H:%M",
        nav=("Home", "World", "Climate", "Health", "Features", "Food"),
        related="More on this story",
        imprint="Terms and privacy",
        paywall="To read on, become a member. The first month is free and you can leave at any time.",
        consent=("Your privacy", "We and 142 partners store information on your device.", "Accept all"),
    ),
    "fr": Labels(
        zone="Europe/Paris",
        dated="Publié le %d/%m/%Y à %Hh%M",
        nav=("France", "International", "Économie", "Culture", "Sports", "Météo"),
        related="Sur le même sujet",
        imprint="Mentions légales",
        paywall="La suite est réservée à nos abonnés. Premier mois offert, sans engagement.",
        consent=("Votre vie privée", "Avec nos 142 partenaires, nous conservons des informations sur votre appareil.", "Tout accepter"),
    ),
    "ru": Labels(
        zone="Europe/Moscow",
        dated="%d.%m.%Y, %H:%M",
        nav=("Мир", "Политика", "Общество", "Наука", "Спорт", "Погода"),
        related="Читайте также",
        imprint="О редакции",
        paywall="Продолжение доступно подписчикам. Первый месяц бесплатно.",
        consent=("Ваши данные", "Мы и 142 партнёра храним сведения на вашем устройстве.", "Принять всё"),
    ),
    "uk": Labels(
        zone="Europe/Kyiv",
        dated="%d.%m.%Y, %H:%M",
        nav=("Світ", "Суспільство", "Економіка", "Спорт", "Культура", "Погода"),
        related="Читайте також",
        imprint="Про редакцію",
        paywall="Продовження доступне передплатникам. Перший місяць безкоштовно.",
        consent=("Ваша приватність", "Ми та 142 партнери зберігаємо відомості на вашому пристрої.", "Прийняти все"),
    ),
    "pl": Labels(
        zone="Europe/Warsaw",
        dated="%d.%m.%Y, %H:%M",
        nav=("Świat", "Kraj", "Gospodarka", "Kultura", "Sport", "Pogoda"),
        related="Czytaj także",
        imprint="Regulamin i prywatność",
        paywall="Dalszy ciąg tylko dla prenumeratorów. Pierwszy miesiąc bezpłatnie.",
        consent=("Twoja prywatność", "My i 142 partnerów przechowujemy informacje na Twoim urządzeniu.", "Akceptuję wszystko"),
    ),
}
