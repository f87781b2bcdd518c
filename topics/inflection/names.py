"""The endings that names take where no dictionary knows them: closed lists, by the last letters of the name."""

# last letters: changes, each the number of letters that go and the letters that come; the longest last letters decide
_CHANGES = {
    "de": {"": "0s", **dict.fromkeys(("s", "ß", "x", "z"), "")},  # Orbáns; but Merz' needs nothing: the apostrophe ends the word
    "pl": {
        "": "0a 0u 0owi 0em 0iem 0ie 0y 0i 0ów 0om 0ami 0ach",
        "a": "1y 1i 1ie 1ę 1ą 1o",
        "ska": "1i 2ce 1ę 1ą 1iej 1o",
        "e": "0'a 0'owi 0'em 0'u 1ego 1emu 1ym 1ych 1ymi",  # a French e is mute
        "i": "0ego 0emu 0m 0'ego 0'emu 0'm",
        "o": "1a 1u 1owi 1em 1ie",
        "y": "0'ego 0'emu 0'm 1ego 1emu 1ym 1ów 1om 1ami 1ach",
    },
    "cs": {
        "": "0a 0u 0ovi 0em 0e 0i 0y 0ů 0ům 0ův 0ova 0ovo 0ovu 0ovy 0ové 0ovou 0ových 0ovým",
        "a": "1y 1ě 1e 1u 1o 1ou 1ovi 1ů 1ům 1ův 1ova 1ovo 1ovu 1ovy 1ové 1ovou 1ových 1ovým",
        "á": "1é 1ou",
        "ci": "1ů 1ům 1e 1ích",
        "e": "0m 0ovi 0ův 0ova 0ho 0mu",
        "é": "1ů 1ům 1y 1ech",
        "i": "0ho 0mu 0m",
        "í": "0ho 0mu 0m",
        "o": "1a 1u 1em 1ovi 1ě",
        "y": "0ho 0mu 0m",
        "yj": "2ého 2ému 2ým 2ém",
        "ý": "1ého 1ému 0m 1ém",
    },
    "sk": {
        "": "0a 0u 0ovi 0om 0e 0i 0y 0ov 0ova 0ovo 0ovej 0ovho 0ovu 0ove 0ových 0ovým",
        "a": "1y 1e 1u 1ou 1ovi 1om 1ov 1ova 1ovej 1ovho",
        "á": "1ej 1ú 1ou",
        "e": "0ho 0mu 0m",
        "i": "0ho 0mu 0m",
        "í": "0ho 0mu 0m",
        "o": "1a 1u 1om 1ovi 1e",
        "y": "0ho 0mu 0m",
        "yj": "2ého 2ému 2ým 2om",
        "ý": "1ého 1ému 0m 1om",
    },
    "sl": {
        "": "0a 0u 0om 0em 0i 0e 0ov 0ova 0ovo 0ove 0ovi 0ovega 0ovemu 0ovem 0ovim 0ovih",
        "a": "1e 1i 1o 1in 1ina 1ino 1ine 1ini 1inega 1inem",
        "ska": "1e 1i 1o 1em",
        "ška": "1e 1i 1o 1em",
        "e": "1a 1u 1om 1em 1ov 1ova 1ove 1ovi 1ovega",
        "i": "1ov 1e 1om 1ih 0ja 0ju 0jem 0jev 0jeva",
        "o": "1a 1u 1om 1em 1ov 1ova 1ove 1ovi 1ovega",
        "r": "0ja 0ju 0jem 0ji 0je 0jev 0jeva 0jevo 0jeve 0jevi 0jevega 0jevem 0a 0u 0om 0ov 0ova 0ove 0ovi 0ovega",
        "y": "0ja 0ju 0jem 0jev 0jeva 0jeve 0jevi 0jevega 0eva 0eve 0evi 0evo",
    },
    "ru": {
        "": "0а 0у 0ом 0ем 0е 0ы 0и 0ов 0ам 0ами 0ах",
        "а": "1ы 1и 1е 1у 1ой 1ою",
        **dict.fromkeys(("ов", "ев", "ёв", "ин", "ын"), "0а 0у 0ым 0ом 0е 0ы 0ых 0ыми"),  # Мишустиным, but Бонном
        "ий": "1я 1ю 1ем 1и 2ого 2ому 2им 2ом",
        "й": "1я 1ю 1ем 1е 1и",
        "ой": "1я 1ю 1ем 1е 2ого 2ому 2ым 2ом",
        "ый": "2ого 2ому 2ым 2ом",
        "ия": "1и 1ю 1ей",
        "ь": "1я 1ю 1ем 1е 1и 1ью",
        "я": "1и 1е 1ю 1ей",
        **dict.fromkeys(("е", "и", "о", "у", "э", "ю"), ""),
        "ы": "1 1ам 1ами 1ах 1ов",
    },
    "uk": {
        "": "0а 0у 0ові 0ом 0ем 0еві 0і 0и 0ів 0ам 0ами 0ах",
        "а": "1и 1і 1у 1ою 1о",
        "ий": "2ого 2ому 2им 2ім",
        "й": "1я 1ю 1єм 1єві 1ї",
        "ія": "1ї 1ю 1єю 1є",
        "ь": "1я 1ю 1ем 1еві 1і",
        "я": "1і 1ю 1ею",
        **dict.fromkeys(("е", "и", "о", "у", "є", "і", "ї", "ю"), ""),
    },
    "hr": {
        "": "0a 0u 0om 0em 0e 0i 0ov 0ova 0ovo 0ove 0ovi 0ovog 0ovom 0ovim 0ovih",
        "a": "1e 1i 1u 1o 1om 1in 1ina 1ino 1ine",
        "ska": "1e 1oj 1u 1om",
        "ška": "1e 1oj 1u 1om",
        "e": "0a 0u 0om 0ja 0ju 0jem",
        "i": "0ja 0ju 0jem 0jev 0jeva",
        "o": "1a 1u 1om 1ov 1ova",
        "y": "0ja 0ju 0jem 0jev 0jeva",
    },
}
LANGUAGES = frozenset(_CHANGES)
_LONGEST = 3


def name_endings(language: str, name: str) -> set[str]:
    """The name with the endings of the language's cases, and of the adjective that says whose, where it makes one."""
    if language not in _CHANGES:
        return set()
    folded, listed = name.casefold(), _CHANGES[language]
    ending = next(folded[len(folded) - n :] for n in range(min(_LONGEST, len(folded)), -1, -1) if folded[len(folded) - n :] in listed)
    return {folded[: len(folded) - int(change[0])] + change[1:] for change in listed[ending].split()}
