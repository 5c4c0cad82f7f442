"""Given names that have another form, which is no spelling of the name: Mykola is Nikolai in a Russian passport."""

import re

# A name in each line: its Ukrainian form, the Russian one, and an English one where people take that. Which forms a
# name has is common knowledge. Those that sound alike are found anyway, as Olena and Elena, Petro and Piotr. What
# papers of either language keep apart are two names, as Oksana and Ksenia, and pet names are no forms. Each form is a
# regular expression of its spellings, as they are searched.
_NAMES = """
m[iy]kola|n[iy][ck]ola[iyj]+|nicholas
kater[iy]na|[iyj]?ekater[iy]na|[ck]atherine
m[iy]kha[iyj]+lo|m[iy]kha[iyj]+l|michael
[iyj]?e[vw][hg]en[iyj]*|eugene
[iyj]?e[vw][hg]en[iyj]+a|eugenia
andr[iy]+|andre[iyj]|andrew
[iyj]?el[iy]za[vw]eta|eli[sz]abeth
kost[iyj]?ant[iy]n|[ck]onstant[iy]n|constantine
m[iy]k[iy]ta|n[iy]k[iy]ta
p[iy]l[iy]p|f[iy]l[iy]p+|philip
khr[iy]st[iy]na|[ck]h?r[iy]st[iy]na
[hg]anna|anna
nad[iyj]+a|nadezh?da
khoma|foma|thomas
stepan|stefan|stephen
[iyj]?os[iy]p|[iyj]+os[iy]f|joseph
[hg]nat|[iy][hg]nat[iyj]*
opanas|afanas[iyj]+
yukh[iy]m|[iyj]?ef[iy]m
anzhela|angela
anzhel[iy]ka|angel[iy][ck]a
"""
_FORMS = [re.compile(forms) for forms in _NAMES.split()]


def all_forms(word: str) -> str:
    """A regular expression of all forms of the given name, for PostgreSQL and Python alike; empty if it has one only.

    `all_forms("nikolay")` fits `mykola`.
    """
    return "|".join(forms.pattern for forms in _FORMS if forms.fullmatch(word))
