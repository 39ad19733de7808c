"""The words around names in chat, plain (lower case, no accents). Dutch and French in one list: teenagers mix."""

from __future__ import annotations


def phrases(text: str) -> tuple[tuple[str, ...], ...]:
    """Phrases between commas, as the words they hold."""
    return tuple(tuple(phrase.split()) for phrase in text.split(","))


SELF = phrases(
    """
    heet, heten, heette, naam is, naam was, naam, noem mij, noem me, genaamd, ken hem als, ken haar als, met de naam, profiel
    stond, profiel staat, voornaam is, achternaam is, familienaam is, s appelle, t appelles, m appelles, je m appelle, j m
    appelle, jm appelle, mappelle, jmappelle, sappelle, appelle moi, appelle-moi, appelez moi, appelez-moi, nom est, nom c est,
    nom cest, nom, prenom est, prenom c est, prenom, nomme, nommee, sous le nom de, le nom de, au nom de, moi c est, moi cest, y a
    ecrit, il y a marque
    """
)
"""After these nearly any word is a name."""
SOFT = phrases(
    """
    noemen mij, noemen me, noemt mij, noemen hem, noemen haar, m appelle, ik ben, kben, ben ik, wij zijn, hier is, met, groetjes,
    groeten, groetjes van, dit is, je suis, jsuis, chui, c est, cest, nous c est, coucou c est, bisous, bises, ici, avec, chez,
    kus, xx, mvg
    """
)
"""After these only a known first name or a capital counts."""
I_AM = phrases("ik ben, kben, je suis, jsuis, chui")
"""After these an unknown word counts too when the speaker goes on: `ik ben fenna en ik …`."""
SPEAKS = frozenset(
    """
    ik k ben heb woon je j jai jsuis suis ai habite
    """.split()
)
FILL = frozenset(
    """
    maar gewoon juste ook aussi toch ne plutot
    """.split()
)
"""May stand between cue and name."""
OWN = frozenset(
    """
    mijn mn m'n me m zijn haar hun ons onze jouw je de een die den mon ma mes ton ta son sa notre leur le la un une l cette ce
    """.split()
)
"""Before a relation: `mijn vriend`, `ma soeur`."""
ADJECTIVE = frozenset(
    """
    beste bff ex kleine grote oudere jongere grootste goede goeie vroegere nieuwe meilleure meilleur petit petite grand grande
    ancien ancienne nouveau nouvelle vieux vieil demi
    """.split()
)
"""Between owner and relation: `mijn beste vriend`."""
KIN = frozenset(
    """
    vriend vriendin vriendinnetje vriendje maat maatje lief ex bff bestie broer broertje zus zusje zuster mama papa moeder vader
    stiefvader stiefmoeder stiefpapa stiefmama stiefbroer stiefzus plusmama pluspapa pleegvader pleegmoeder pleegpapa oom nonkel
    tante opa oma bompa bomma neef neefje nicht nichtje buurman buurvrouw buurjongen buurmeisje collega kameraad klasgenoot jongen
    meisje gast kerel begeleider begeleidster opvoeder opvoedster coach trainer trainster leraar leerkracht lerares directeur
    monitor leider leidster dokter psycholoog therapeut baas
    """.split()
)
"""Relations and roles, Dutch."""
KIN_FR = frozenset(
    """
    copain copine pote poto ami amie meuf mec gars frere soeur frerot reuf reus petit-ami petite-amie demi-frere demi-soeur mere
    pere maman papa beau-pere belle-mere beau-frere belle-soeur parrain marraine oncle tante tonton tata papy mamy papi mamie
    cousin cousine voisin voisine collegue camarade fille garcon educ educateur educatrice entraineur entraineuse prof professeur
    directeur directrice moniteur chef psy crush sex-friend besta
    """.split()
)
"""Relations and roles, French: an adjective may follow them."""
RELATED = KIN | KIN_FR
FORMAL = frozenset(
    """
    meneer mijnheer menheer dhr mevrouw mevr mvr monsieur mr mme mlle madame mademoiselle
    """.split()
)
"""After these an unknown word in lower case may be a surname too."""
TITLE = FORMAL | frozenset(
    """
    mw juf juffrouw meester maitre docteur dr dokter nonkel oom tante tonton tata bompa bomma papy mamy opa oma
    """.split()
)
ARTICLE = frozenset(
    """
    le la un une cette ce de een die het des cet l
    """.split()
)
"""Before a title they make it no title: `le monsieur`."""
PARTICLE = frozenset(
    """
    van vande vanden vander de den der d du des la le el al ben bin ait ould bou abu abou ter ten te ver von da dos do di dal
    della op zum mac mc o st saint sint
    """.split()
)
"""Parts of surnames: `van den`, `el`."""
AFTER_NAME = frozenset(
    """
    heeft is wil zegt zei en die gaat was had haar moet kan stuurt stuurde vroeg dreigt doet deed wou ging komt zit et a est veut
    va m me dit qui ne n peut avait etait fait doit s se l lui nous
    """.split()
)
"""What follows a name rather than a verb or an adjective."""
