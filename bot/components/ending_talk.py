"""Words that end the talk, or hide it: "hou op", "laisse moi tranquille", "ferme la conversation", "cache ça vite ma mère arrive".

None of them wants to wipe anything, none tells of a trouble, and whoever must leave the screen at once is shown how.
Words here: lower case, no accents or punctuation, single spaces.
"""

from __future__ import annotations

import re
from typing import Optional

LET_GO, QUIT, HIDE = "let_go", "quit", "not_alone"
"""What is answered: that they may stop; that a button leaves the chat, or what else is meant; that they should leave the screen now."""
_MOST_WORDS = 12
_FILLER = (
    r"(?:aub|alsjeblieft|alstublieft|pls|plz|please|stp|svp|gewoon|gwn|nu|eens|ne keer|maintenant|mtn|eh|he|ja|nee|neen|oui|non|nan|nn"
    r"|ok|oke|bot|robot|maar|man|mec|frr|frere|wesh|efkes|ff|even|toch|allee|allez|bon|juste|donc|dus|me|mee|ermee|er mee|daarmee|merci|x)"
)
_LET_GO = (
    r"(?:hou|houd|houdt|kap|stop) (?:nu |toch |maar |es |eens )?op(?: met (?:vragen|die vragen|da|dat|dit|uw vragen|je vragen))?"
    r"|(?:stop|kap) (?:nu |toch |maar )?(?:ermee|er mee|daarmee|met (?:vragen|al die vragen|die vragen|dat gevraag|mij vragen stellen))"
    r"|(?:laat|loat) (?:mij|me|mie|ons) (?:nu |toch |eens )?(?:met rust|gerust|alleen|los|in rust)"
    r"|(?:ik|k) wil (?:er )?(?:nu )?(?:niet|ni|nie) (?:meer )?(?:over )?(?:praten|babbelen|verder|antwoorden)(?: met (?:u|jou|je))?"
    r"|laiss?e[sz]?(?: moi)? (?:tranquille|trankil|trankille|en paix|tranquil)|laiss?e[sz]? (?:moi|tomber)(?: tranquille| seule?)?"
    r"|(?:lache|lachez) moi(?: (?:la grappe|les baskets|un peu))?|(?:fous|fou|fout|foutez|fiche|fichez|fiches) moi la paix"
    r"|arrete[sz]?(?: de| avec)? (?:tes|les|toutes tes|poser des|me poser des|parler|me parler)(?: questions?)?"
    r"|(?:je|j) (?:veux|ve|veu) plus (?:te )?(?:parler|repondre|discuter)|(?:jveux|jve|jveu) plus (?:te )?(?:parler|repondre|discuter)"
)
_TALK = r"(?:chat|chatje|gesprek|conversatie|venster|pagina|site|scherm|conversation|conv|discussion|discu|tchat|page|fenetre|ecran)"
_QUIT = re.compile(
    rf"\b(?:sluit|sluiten|afsluiten|verlaat|verlaten) (?:\w+ ){{0,3}}?{_TALK}\b|\b{_TALK} (?:\w+ ){{0,2}}?(?:sluiten|afsluiten|verlaten)\b"
    rf"|\b(?:ferme|fermer|fermez|quitte|quitter|termine|terminer|coupe|couper) (?:\w+ )?{_TALK}\b"
)
"""What is closed is the talk; whoever closed another one, or was closed out of it, tells of that."""
_NOT_THIS_TALK = re.compile(
    r"\b(?:hij|em|ze|zij|die|iemand|niemand|groep\w*|hun|met (?:hem|haar|mijn|mn|een|ne)|il|elle|ils|elles|quelqu|on|groupe|avec|a ferme"
    r"|snap\w*|insta\w*|whatsapp|discord|tiktok|livre|boek|heb|heeft|had|ai|jai|g|a ete)\b"
)
_LEAVES_UNSEEN = re.compile(
    r"\b(?:weg|stoppen|afsluiten)(?: (?:uit|van) (?:deze|dees|de|die|dit) (?:chat|pagina|site|gesprek))? zonder (?:dat|da|dak)"
    r" (?:\w+ ){1,3}(?:ziet|zien|merkt|merken)\b"
    r"|\b(?:partir|quitter|sortir)(?: d ici| dici| d?e? ?(?:la|cette) (?:page|conv|discussion))? sans"
    r" (?:que|ke|qu) (?:\w+ ){1,3}(?:voie|vois|voient|voit|remarque)\b"
)
_LEAVES_HOME = re.compile(
    r"\b(?:vannacht|vanavond|morgen|overmorgen|thuis|huis|trein|bus|rugzak|valies|lief|vriend\w*|slapen|slaapt|raam|hem|van hier"
    r"|leven|voorgoed|nuit|soir|demain|maison|chez|train|sac|fenetre|copain|copine|ga|kga|gaan|ging|gingen|vais|jvais|pars|jpars|va|vont|part|verrassing|dort|vivre|toujours|fugu\w*|weglop\w*|lui)\b"
)
_SOMEBODY = (
    r"(?:mama|ma|mams|moeder|moeke|papa|pa|paps|vader|stiefpa|stiefvader|stiefma|ouders|broer|zus|oma|opa|juf|leerkracht|meester|iemand|ze|hij|em"
    r"|mere|maman|daronne|pere|daron|parents|frere|soeur|mamie|papy|beau pere|belle mere|prof|quelqu un|qqn|kelkun|il|elle|on)"
)
_COMES = (
    r"(?:komt|komen|is (?:daar|hier|thuis|boven)|zijn (?:daar|hier|thuis)|staat (?:hier|achter mij|achter me|naast mij)"
    r"|arr?ive\w*|rentre\w*|vient|viennent|entre|monte|debarque|est la|sont la|regarde)"
)
_HIDES = (
    r"(?:(?:cache|cacher|masque|masquer|ferme|fermer|vire|enleve|quitte) (?:moi )?(?:vite )?(?:ca|tout|tt|ce|cette|la|le|l)\b"
    r"(?: (?:page|ecran|chat|tchat|conv|conversation|discussion|site|fenetre))?"
    r"|(?:verberg|sluit|klik|doe|haal|verstop) (?:\w+ )?(?:dit|da|dat|alles|het|t|scherm|pagina|chat|gesprek|venster)\b"
    r"(?: (?:scherm|gesprek|chat|weg|toe))?"
    r"|(?:dit|da|dat|scherm|chat|gesprek|alles) (?:snel |rap |vlug |direct )?(?:weg|toe|dicht|verbergen|sluiten))"
)
_NO_SCREEN = re.compile(
    r"\b(?:mes|messen|pillen|drugs|zakje|wiet|fles|wapen|deur|raam|cadeau\w*|couteau|medocs|cachets|drogue|beuh|bouteille|arme|porte|fenetre"
    r"|surprise|cadeaux|clope\w*|sigaret\w*|vape|puff|sla\w*|frapp\w*|tape\w*|sang|bloed|jeu|spel\w*|quand|qd|wanneer|als|altijd|toujours|tjs"
    r"|cle|clef|slot|zegt|zei|halen|chercher)\b"
)
_AND_COMES = re.compile(
    rf"\b{_HIDES}(?: \w+){{0,4}} {_SOMEBODY} (?:\w+ )?{_COMES}\b"
    rf"|\b{_SOMEBODY} (?:\w+ )?{_COMES}(?: (?!(?:il|elle|ils|et|en|hij|ze|zij|puis|dan)\b)\w+){{0,4}} {_HIDES}"
)
_CLOSES = re.compile(rf"^(?:vite )?ferme(?:r)? vite(?: (?:vite|y a|ya))* {_SOMEBODY} (?:\w+ )?{_COMES}$")
_MY_SOMEBODY = re.compile(r"\b(?:mon|ma|mes|le|la) (?=\w+ )")
_STOPS = re.compile(
    rf"^(?:sorry |oei |ok |wacht )*(?:(?:mijn|mn|ons) )?{_SOMEBODY} (?:\w+ )?{_COMES}(?: (?:eraan|binnen|af|nu|dus|en))*"
    r" (?:ik moet|k moet|kmoet|moet ik|ik ga|kga) (?:nu |efkes |even )?(?:stoppen|afsluiten)$"
)
"""Whoever must stop since somebody comes: "mama komt, ik moet stoppen"."""
_WHOLE_LET_GO = re.compile(rf"(?:{_FILLER} )*(?:{_LET_GO})(?: {_FILLER})*")


def ends_talk(words: str, path: Optional[str]) -> Optional[str]:
    """LET_GO, QUIT or HIDE where the `words` want no more than that, on the `path` of a need or beside any (None); None for all else."""
    if len(words.split()) > _MOST_WORDS:
        return None
    is_closed = _CLOSES.search(_MY_SOMEBODY.sub("", words)) is not None or _STOPS.search(words) is not None
    if (is_closed or _AND_COMES.search(words)) and not _NO_SCREEN.search(words):
        return HIDE
    if _WHOLE_LET_GO.fullmatch(words):
        return LET_GO
    if _QUIT.search(words) and not _NOT_THIS_TALK.search(words):
        return QUIT
    is_unseen = path is None and _LEAVES_UNSEEN.search(words) is not None and _LEAVES_HOME.search(words) is None
    return QUIT if is_unseen else None
