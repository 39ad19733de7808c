"""Threats of the writer's own, figures of speech, how they are let go, and danger that comes back later (bot/components/threats.py)."""

from __future__ import annotations

from bot_scripts import told_by

THREATS = {
    "jai un canif ds mon cartable": "plan",
    "vrijdag neem ik een boksbeugel mee": "plan",
    "kga em neersteken": "plan",
    "jvais le buter ce type": "anger",
    "jvais le tuer": "anger",
    "kga hem in elkaar slaan": "anger",
    "mon père va me tuer il a vu ma moyenne": "light",
    "haha mijn zus gaat mij kelen": "light",
    "mon père va me tuer s'il apprend que je suis gay": None,
    "mijn pa gaat mij vermoorden": None,
    "mijn pa vermoordt mij als hij mijn punten ziet, ben bang": None,
    "hij gaat haar vermoorden": None,
    "ze gaan hem doodslaan": None,
    "hij zei ik ga haar vermoorden": None,
    "jvais me tuer": None,
    "ik ga mij vermoorden": None,
    "kga die mug doodslaan": None,
    "jramène un couteau pour le cours de cuisine": None,
    "jai pris un couteau ds mon sac pr le camp scout": None,
    "jveux me planter un couteau": None,
    "kga iedereen op school neerschieten": "plan",
    "jvais buter toute la classe": "plan",
    "ik ga die ballonnen opblazen": None,
    "je vais tirer sur le but": None,
    "je vais poser une bombe a eau": None,
    "ik ga iedereen neerschieten in fortnite": None,
    "jai un couteau pcq je veux me couper": None,
    "ils veulent me planter": None,
    "il va le planter": None,
    "hij heeft gezegd ik ga haar vermoorden": None,
    "jai caché un cutter pr demain, ils vont voir": "plan",
    "jvais lplanter le kevin": "plan",
    "jai un couteau pcq ils me frappent a lecole": "plan",
    "ik heb een mes omdat ze mij slaan": "plan",
    "hij heeft mijn zus gepest, ik wil hem in elkaar slaan": "anger",
}
EXPLAINS = {
    "nee gewoon preken": True,
    "c juste une expression": True,
    "tis een spelletje": True,
    "mais non ils sont trop gentils": True,
    "jrigole, jsuis juste vnr": True,
    "nn jrigole pas": False,
    "geen grapje": False,
    "nee gewoon zagen maar ik ben bang": False,
    "hij is lief maar hij slaat mama": False,
    "nee ze zijn wel lief hoor behalve als hij drinkt": False,
    "hij is lief hoor alleen als hij gedronken heeft niet": False,
    "il est gentil sauf quand il a bu": False,
    "elle est cool a part quand elle boit": False,
    "nee ze zijn lief hoor": True,
    "nee hij slaat mij niet maar hij heeft een mes": False,
    "nee": False,
    "nee ik kan niet weg": False,
    "cest pr couper le gateau danniv": True,
    "tis voor op kamp met de scouts": True,
    "kheb een mes bij voor het kamp": False,
    "jai pris un couteau pr le camp": False,
    "ok jle fais pas": False,
}
COMES_BACK = {
    "non pas encore ce soir mais il rentre a 20h": True,
    "papa rentre vers 18h30": True,
    "il rentre a 20h, dans 5 min": False,
    "le bus arrive a 20h": False,
    "ma vanavond komt em terug": True,
    "zondag is et feest bij oma": True,
    "il rentre ce soir": True,
    "il est là ce weekend": True,
    "hij komt eraan": False,
    "il revient à noël": True,
    "hij komt met kerst": True,
    "il dort chez nous samedi": True,
    "vanavond komt em niet naar huis": False,
    "il revient pas ce soir": False,
    "il revient maintenant": False,
    "hij komt vanavond met een mes": False,
}


NOT_NOW = {
    "non mais ce soir je vois mon psy": True,
    "non mais ce soir ma soeur vient dormir chez moi": True,
    "vanavond komt mijn mama thuis, dan is er iemand": True,
    "vanavond ga k naar mijn tante": True,
    "on part le 3 juillet": True,
    "we vertrekken op 3 juli": True,
    "neeje hij slaat mij niet hij roept gewoon": True,
    "hij slaat mij nu en roept": False,
    "hij slaat mij niet hij slaat mama": False,
    "on part demain": False,
    "vanavond spring ik": False,
    "ce soir je saute": False,
    "vanavond ga ik naar de brug, mijn tante weet van niks": False,
    "vanavond komt mijn mama niet thuis, dan doe ik het": False,
    "ce soir ma mère rentre pas": False,
}
PLANS = {
    "iemand van mijn klas heeft ne lijst gemaakt van wie em wil neerschieten": "attack_planned",
    "em wil mensen neerschieten op school": "attack_planned",
    "der is ne gast op school die zegt dat em een bom gaat leggen": "attack_planned",
    "iemand van school zegt dat em maandag een pistool gaat meebrengen": "attack_planned",
    "stel uw vriend zou u zeggen dat ie morgen iets gaat doen op school met een mes": "attack_planned",
    "hij heeft niks tegen mij hij wil dirk steken": "attack_planned",
    "die gast zegt dat hij de school gaat opblazen": "attack_planned",
    "een leerling dreigt met een schietpartij op school": "attack_planned",
    "un gars de ma classe a fait une liste de ceux qu'il veut tuer": "attack_planned",
    "un mec dit qu'il va poser une bombe lundi": "attack_planned",
    "il veut planter dylan": "attack_planned",
    "mon pote a un gun et il veut le ramener a l'ecole": "attack_planned",
    "un eleve prepare une fusillade a l ecole": "attack_planned",
    "ik moet pakskes rondbrengen voor ne gast en ik wil stoppen": "drug_errand",
    "ik moet drugs rondbrengen": "drug_errand",
    "ik deal voor ne gast en ik geraak er ni uit": "drug_errand",
    "hij laat mij pakjes afgeven aan mannen voor ne kerel": "drug_errand",
    "jdois livrer du shit pour un mec": "drug_errand",
    "je deale pour lui et jveux arreter": "drug_errand",
    "jdois garder des pochons pour un grand du quartier": "drug_errand",
    "een jongen van t 4de wil maandag met een pistool komen": "attack_planned",
    "ya une bombe a l'ecole": "attack_planned",
    "il a une arme ds son sac a l'ecole": "attack_planned",
    "ik heb een pistool gevonden van mijn broer": "attack_planned",
    "kheb een waterpistool gevonden": None,
    "hij wil mij steken die wesp": None,
    "in cs moet ge een bom leggen en dan weglopen": None,
    "dat feestje in de school was echt een bom": None,
    "mijn broer heeft een waterpistool mee naar school": None,
    "de juf zegt dat we een mes moeten meebrengen": None,
    "hij wil een kaars aansteken": None,
    "hij schiet iedereen dood in fortnite": None,
    "ze zegt dat ze een bom gaat leggen op de wc": None,
    "hij wil foto s schieten op school": None,
    "il va planter des tomates avec papy": None,
    "l'ordi de l'ecole il va planter": None,
    "cette fille c une bombe a l'ecole": None,
    "il va tuer tout le monde au foot": None,
    "on va faire une bombe a eau dans la cour de l'ecole": None,
    "il veut descendre du bus": None,
    "hij gaat mij maandag neersteken": None,
    "mijn papa neemt zijn geweer mee naar de jacht": None,
    "ik moet pakjes rondbrengen voor mijn studentenjob": None,
    "ik moet een spreekbeurt doen over drugs": None,
    "jdois passer chercher un colis a la poste": None,
    "je dois livrer des pizzas pour mon job etudiant": None,
}
THERE = {
    "hij is hier op school met een geweer": True,
    "we zitten verstopt er zijn schoten": True,
    "il est dans l'école avec un flingue": True,
    "on est cachés il a tiré": True,
    "hij zegt dat hij maandag iedereen gaat neerschieten": False,
    "il veut tirer sur des gens lundi": False,
}
ATTACK_NOW = {
    "er is een schietpartij op school": True,
    "er loopt een gast rond op school met een pistool": True,
    "iemand schiet op school": True,
    "ça tire dans l'ecole": True,
    "un eleve est dans l'ecole avec une arme": True,
    "on entend des coups de feu dans l'ecole on doit faire quoi": True,
    "er loopt een gast rond op school met een waterpistool": False,
    "we hebben oefening voor een schietpartij op school": False,
    "er was een schietpartij op school in amerika": False,
    "hij schiet op school altijd goals": False,
    "il tire dans la cour de l'ecole avec un ballon": False,
}
YESTERDAY = {
    "mon daron il ma tapé avec la ceinture hier": True,
    "hier soir papa a frappé maman": True,
    "gisteren sloeg hij mij": True,
    "vorige week klopte hij mij met een riem": True,
    "hier il ma frappé et il est encore la": False,
    "gisteren sloeg hij mij en hij komt terug": False,
    "hij is hier": False,
    "papa zit hier me een mes": False,
    "il est la depuis hier": False,
}
COMES_NOW = {
    "ma soeur vient": True,
    "mama komt naar mij": True,
    "ce soir ma soeur vient dormir chez moi": False,
    "vanavond mama komt naar mij": False,
}


ARMED = {
    "mon petit frère a un vrai couteau il veut me faire mal": True,
    "mon petit frère court après moi avec un couteau": True,
    "il court apres ma soeur avec un couteau": True,
    "ma soeur me poursuit avec un couteau": True,
    "mon frere veut me planter avec un couteau": True,
    "hij heeft een mes en wil mij steken": True,
    "mn klein broerke rent achter mij met een echt mes": True,
    "mn broer komt naar mij met een keukenmes": True,
    "mijn broer loopt achter mij met een mes": True,
    "hij staat voor mij met een hamer": True,
    "papa komt achter ons met een bijl": True,
    "j'ai peur mon frere a un couteau il veut me faire mal": True,
    "ik wil hier weg, hij loopt achter mij met een mes": True,
    "mn broer loopt achter mij met een nepmes haha": False,
    "mon frere me court après avec un couteau en plastique": False,
    "in among us liep hij achter mij met een mes": False,
    "mn papa zit bij ons aan tafel met een mes om taart te snijden": False,
    "mn opa zit naast mij met een mes appels te schillen": False,
    "mijn klein broerke speelt piraat met een mes": False,
    "mon frere coupe le gateau avec un couteau": False,
    "hij kwam gisteren achter mij met een mes": False,
    "mon cauchemar un mec me court apres avec un couteau": False,
    "ze komt naar ons met een schaar om te knutselen": False,
    "juf staat bij ons met een schaar": False,
    "maman vient avec un couteau pour le gateau": False,
    "hij loopt naar mij met een stok": False,
    "ik heb een mes en wil mij snijden": False,
    "kzit hier met een mes en wil mij steken": False,
    "je veu me couper avec un couteau": False,
    "jai un couteau et je veux me planter": False,
}
BARE = {"'t is een echt mes": True, "un vrai couteau": True, "een mes": True, "een mes in mijn rug": False, "hij heeft een mes": False}
HOLDS = {
    "mn zoon slaat mij, hij heeft nu een mes": True,
    "mon fils me frappe, il a un couteau": True,
    "mijn zoon slaat mij en dreigt met een mes": True,
    "mijn zoon slaat mij": False,
    "mijn zoon slaat mij met een plastic mes": False,
}
BEATEN_AT = {
    "mon fils me frappe au ping pong il gagne toujours": True,
    "mijn zoon klopt mij altijd met schaken": True,
    "mon fils me bat aux échecs": True,
    "mijn zoon klopt mij": False,
    "mijn zoon slaat mij als hij verliest met fifa": False,
    "mon fils me frappe à la maison": False,
}


def test_threats_are_told_from_figures_of_speech_and_from_what_others_do() -> None:
    asked = {"threats": list(THREATS), "explains": list(EXPLAINS), "comes_back": list(COMES_BACK), "not_now": list(NOT_NOW)}
    asked |= {
        "comes_now": list(COMES_NOW),
        "plans": list(PLANS),
        "there": list(THERE),
        "attack_now": list(ATTACK_NOW),
        "yesterday": list(YESTERDAY),
    }
    asked |= {"armed": list(ARMED), "bare": list(BARE), "holds": list(HOLDS), "beaten_at": list(BEATEN_AT)}
    said = told_by("threats.py", asked)
    assert dict(zip(THREATS, said["threats"], strict=True)) == THREATS
    assert dict(zip(EXPLAINS, said["explains"], strict=True)) == EXPLAINS
    assert dict(zip(COMES_BACK, said["comes_back"], strict=True)) == COMES_BACK
    assert dict(zip(NOT_NOW, said["not_now"], strict=True)) == NOT_NOW
    assert dict(zip(COMES_NOW, said["comes_now"], strict=True)) == COMES_NOW
    assert dict(zip(PLANS, said["plans"], strict=True)) == PLANS
    assert dict(zip(THERE, said["there"], strict=True)) == THERE
    assert dict(zip(ATTACK_NOW, said["attack_now"], strict=True)) == ATTACK_NOW
    assert dict(zip(YESTERDAY, said["yesterday"], strict=True)) == YESTERDAY
    for which, rows in (("armed", ARMED), ("bare", BARE), ("holds", HOLDS), ("beaten_at", BEATEN_AT)):
        assert dict(zip(rows, said[which], strict=True)) == rows
