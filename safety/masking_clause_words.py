"""The words around names that no list knows, plain; Dutch and French in one list: teenagers mix."""

from __future__ import annotations

from safety.masking_cues import phrases

NICKNAMED = phrases(
    """
    iedereen noemt hem, iedereen noemt haar, iedereen noemt mij, iedereen noemt me, ze noemen hem, ze noemen haar,
    we noemen hem, we noemen
    haar, iedereen zegt, noemt zich, noemt zichzelf, bijnaam is, bijnaam was, roepnaam is, alias, beter bekend als,
    le monde m appelle, le monde l appelle, le monde mappelle, le monde lappelle, le monde dit, on l appelle, on m appelle, on lappelle,
    on mappelle, mes potes m appellent, mes amis m appellent, potes l appellent, surnom c est, surnom cest, surnom est,
    surnom c, se fait
    appeler, surnomme, surnommee, dit
    """
)
"""Before a nickname; "dit" only between a name and another."""
NICK_FILL = frozenset("altijd gewoon allemaal toujours tjrs tt tout le la de den".split())
STARTERS = frozenset(
    """
    en maar want dan toen gisteren vandaag omdat dat als da ma en of gister vanmorgen daarna plots ineens dus wnt hoe wat waarom
    et mais apres quand que qu parce pcq pck psk car puis hier alors donc sauf sinon si ou comment pourquoi ensuite aujourd'hui pk
    jcrois croit pense dit genre enfaite bref ben
    """.split()
)
"""Before the subject of a sentence."""
BEFORE_NOUN = frozenset(
    """
    de het een den die dat deze dees dees dieje dienen ne nen n t 't mijn mn m'n zijn zn haar hun ons onze jouw je uw geen elke veel
    le la les l un une des du de d cet cette ces ce mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs au aux
    chaque quel quelle
    beste kleine grote petit petite grand grande gros grosse nouveau nouvelle autre andere
    """.split()
)
"""Before these a word is a thing, or someone's relation."""
ACTS = frozenset(
    """
    zei zegt zeit zeid vertelde vertelt stuurde stuurt dreigt dreigde pest pestte slaat sloeg bedreigt bedreigde chanteert
    chanteerde durft
    durfde weet wist wou wil wilt wilde vroeg vraagt vroegt belde haat kijkt lacht lachte praat praatte schrijft schreef
    roept riep huilt
    weent snijdt sneed negeert negeerde blokkeerde duwt duwde raakte kuste postte filmde dwingt dwong liegt loog denkt dacht vindt vond
    volgt volgde stalkt stalkte houdt hield speelt
    veut voulait dit disait arrete arretait menace harcele insulte frappe tape pleure rigole ecrit parle raconte croit sait pense refuse
    ment crie deteste il elle
    """.split()
)
"""What only a person does: a name that is a word too is hidden before these."""
HELPERS = frozenset("heeft hee eeft heef had is was wil gaat ging kan kon moet moest mag doet deed zit zat".split())
TO_WHOM = frozenset(
    """
    mij me mn m'n mijn m haar hem ons zijn zn da dat ruzie verteld gezegd gestuurd gepost gefilmd ni nie niet foto fotos
    nudes alles altijd
    zichzelf gedaan geslagen gebeld verliefd boos kwaad gemeen weg zot op in bij
    """.split()
)
"""After a helper: somebody is done something to, or does it."""
DOES = frozenset("heeft hee eeft heef had wil wilt wou".split())
"""Helpers that seldom stand behind a thing."""
SAID = frozenset("zei zegt vroeg vraagt".split())
WHAT = frozenset("da dat dak of tegen mij me".split())
SAYS = frozenset("heeft had zei zegt stuurde stuurt".split())
TO_ME = frozenset("mij me mn m'n mijn".split())
ASIDE = frozenset("qui m me ma se ms mdit mfait".split())
"""What a French verb has before it ("claire m'a dit", "claire ma bloqué")."""
PARTICIPLES = frozenset(
    """
    dit fait mis pris ecrit vu eu voulu su pu tt tout meme mm envoye partage poste montre filme frappe touche pleure bloque
    menace insulte
    pousse vole tape raconte parle appele essaye commence quitte embrasse force trahi ma sa mes mon
    """.split()
)
CLASS_BEFORE = frozenset("uit van vd vant vh vande de d du".split())
CLASSES = frozenset(
    """
    klas klasse school unif chiro scouts ksa voetbal parallelklas classe ecole lycee internat foot club bahut
    """.split()
)
MINE = frozenset("mijn mn m'n ons onze de het ma mon mes notre nos la l".split())
ACCOUNT = frozenset(
    """
    snap snapchat insta instagram ig tiktok account acc accounts compte comptes profil profiel discord snapje story stories
    whatsapp
    """.split()
)
OWNED_BY = frozenset("van vn d de".split())
KIN_AFTER = frozenset(
    """
    vriend vriendin lief ex broer broertje zus zusje mama papa moeder vader mams paps ma pa pap mam ouders nonkel tante opa
    oma neef nicht huis gsm
    foto fotos nudes snap insta
    """.split()
)
HIS = frozenset("zn z'n zijn haar sn se ze d'r der".split())
PARENTS = frozenset(
    """
    ouders parents mere pere mama papa moeder vader soeur frere broer zus copain copine vriend vriendin lief
    """.split()
)
OF = frozenset("van vn de d".split())
AUNTS = frozenset(
    """
    tata tonton tatie taty tati nonkel nonk nonkelke tante tant oom papy papi mamy mamie mami bobonne oma opa bompa bomma
    moeke vava juf juffrouw meester akela akabe
    """.split()
)
ROLES = frozenset(
    """
    prof professeur leraar lerares leerkracht coach trainer trainster educ educateur educatrice opvoeder opvoedster
    begeleider begeleidster
    directeur directrice moniteur monitrice chef leider leidster psycholoog psychologue psy dokter docteur docteure assistante infirmier
    infirmiere verpleger verpleegster surveillant surveillante pion pionne proviseur entraineur titularis klastitularis
    stagiair stagiaire
    animateur animatrice juge avocat avocate rechter advocaat consulent consulente voogd tuteur tutrice stiefvader stiefmoeder stiefpapa
    stiefmama stiefbroer stiefzus plusmama pluspapa opvoedster beau-pere belle-mere buurman buurvrouw voisin voisine
    """.split()
)
SUBJECTS_TAUGHT = frozenset(
    """
    math maths gym sport francais neerlandais anglais histoire geo sciences religion morale biologie chimie physique dessin musique eps
    wiskunde turnen frans nederlands engels geschiedenis aardrijkskunde godsdienst zedenleer chemie fysica lo muziek tekenen
    """.split()
)
GREETING = frozenset(
    """
    coucou cc cou slt salut hey hoi hallo yo hello bonjour bjr bonsoir hi heey heyy dag goeiedag wesh yow
    """.split()
)
GREETED_BY = phrases(
    """
    c est, cest, c, ici, moi c est, moi cest, moi c, hier, hier is, tis, het is, t is, ben, ik ben, dit is, jsuis, je suis,
    kben, met, hier met
    """
)
LINKS = frozenset("en et is a s ne est".split())
"""Behind names, and behind other words as well."""
AFTER_GREETED = frozenset("de van uit et en j je ik".split())
CLOSING = frozenset(
    """
    groetjes groeten grtjs gr bisous bises bisou kus kusjes kusje liefs xx xxx xxxx xoxo mvg signe cdlt getekend afz
    """.split()
)
LOVED = phrases(
    """
    verliefd op, crush op, amoureux de, amoureuse de, amoureux d, amoureuse d, kiffe, love, sors avec, sorti avec,
    sortie avec, verkering met,
    crush sur, flash sur, date met, dating met, lief van, ex van, relatie met, en couple avec, ruzie met, embrouille avec
    """
)
PLURAL = frozenset(
    """
    hebben zijn waren gaan hadden zitten willen lachen doen kunnen pesten moeten zeggen slaan uit mij me beide allebei alle samen kwamen
    gingen deden zeiden stuurden
    ont sont m se s on nous veulent disent font vont etaient avaient rigolent me tous sortent ensemble savent ma
    """.split()
)
SELF_WORDS = frozenset("moi ik kik toi gij jij".split())
DOUBLE = frozenset("jean marie anne lily rose jan lou mohamed mohammed pierre nour ana".split())
"""First halves of double names, written without their hyphen."""
DOUBLE_ENDS = frozenset(
    """
    lou eve jo so ange rose michel michou mi lise claude pierre luc marc paul pi ali amine line jose christine claire el
    aude
    """.split()
)
ADDRESSING = frozenset(
    """
    parle parler dit dire demande demander ecrit envoye verteld vertel zeg gezegd zei vraag gevraagd gestuurd stuur
    """.split()
)
AND = frozenset("en et and & ou of".split())
ADDRESSEES = frozenset("aan tegen bij met avec chez contre a op door".split())
