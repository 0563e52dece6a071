"""Words: what people call columns and scores in English, German, French, Spanish, Portuguese and Dutch."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_BRACKETS = re.compile(r"[(\[{][^)\]}]*[)\]}]")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_DASHES = re.compile(r"[-–—?./]*")
_NO_WORD = re.compile(r"[\W_]+")


def _set(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_LINKING = _set("a an the of de du des der die das la le les el los da do van het een l d s")
_CAPABILITY = _set(
    "capability capabilities fahigkeit fahigkeiten faehigkeit geschaftsfahigkeit geschaeftsfaehigkeit capacite"
    " capacites capacidad capacidades capacidade vermogen bedrijfscapaciteit bedrijfsvermogen capaciteit bc"
)

_HEADERS: dict[str, str] = {
    "id": "id|identifier|uuid|guid|key|unique id|external id|ext id|sys id|object id|element id|kennung|schlüssel"
    "|identifiant|clé|identificador|clave|chave|identificatie|sleutel|id in the source",
    "parent": "parent id|parent key|parent code|parent number|parent no|parent nr|parent|parent name|rel to parent"
    "|belongs to|part of|child of|superior|eltern id|eltern|übergeordnet|übergeordnete|uebergeordnet|uebergeordnete"
    "|oberbegriff|gehört zu|id parent|parente|rattaché à|supérieur|appartient à|id padre|padre|pertenece a|id pai|pai"
    "|pertence a|ouder id|ouder|bovenliggend|bovenliggende|onderdeel van|hoort bij",
    "children": "children|child|children ids|child ids|sub|subs|items|nodes|elements|entries|kinder|untergeordnete"
    "|unter|unterfähigkeiten|enfants|sous|hijos|subcapabilities|subcapacidades|filhos|onderliggende|deelcapabilities",
    "level": "level|hierarchy level|depth|lvl|tier|ebene|stufe|hierarchieebene|tiefe|niveau|niveau hiérarchique"
    "|profondeur|nivel|profundidad|profundidade|laag|diepte",
    "path": "path|full path|hierarchy|full name|breadcrumb|display name|pfad|hierarchie|chemin|ruta|jerarquía|caminho"
    "|hierarquia|pad",
    "number": "outline number|outline|hierarchy id|hierarchy number|number|no|nr|wbs|gliederung|gliederungsnummer"
    "|ordnungsnummer|nummer|numéro|num|número|volgnummer|hierarchical id|pcf hierarchy id",
    "code": "code|short code|kürzel|kuerzel|kurzzeichen|codigo|código|abbreviation|abkürzung|sigle|acronym|afkorting",
    "position": "order|sort order|position|sequence|seq|reihenfolge|sortierung|ordre|orden|ordem|volgorde",
    "name": "name|capability|title|label|business function|function|bezeichnung|titel|fähigkeitsname|benennung|nom"
    "|intitulé|libellé|titre|désignation|nombre|título|denominación|nome|designação|denominação|naam|benaming"
    "|bedrijfsfunctie",
    "description": "description|definition|doc|docs|documentation|desc|details|summary|explanation|beschreibung"
    "|erläuterung|dokumentation|définition|descriptif|descripción|definición|descrição|definição|beschrijving"
    "|omschrijving|definitie|toelichting",
    "owner": "owner|business owner|responsible|accountable|steward|verantwortlich|verantwortlicher|verantwortliche"
    "|eigentümer|eigner|zuständig|responsable|propriétaire|pilote|propietario|dueño|responsável|proprietário|dono"
    "|eigenaar|verantwoordelijke|verantwoordelijk",
    "tags": "tags|tag|labels|keywords|schlagworte|schlagwörter|stichworte|mots clés|étiquettes|etiquetas|palabras clave"
    "|palavras chave|trefwoorden",
    "category": "category|strategic category|classification|class|type|kategorie|klassifikation|typ|catégorie"
    "|classification|categoría|clase|tipo|categoria|classe|classificação|categorie",
    "importance": "importance|strategic importance|business importance|criticality|business criticality|relevance"
    "|strategic relevance|wichtigkeit|bedeutung|strategische bedeutung|relevanz|kritikalität|importance stratégique"
    "|criticité|importancia|importancia estratégica|criticidad|importância|importância estratégica|criticidade"
    "|relevância|belang|strategisch belang|belangrijkheid|kritikaliteit",
    "maturity": "maturity|maturity level|maturity now|current maturity|current maturity level|maturity current"
    "|maturity score|as is maturity|maturity as is|actual maturity|reife|reifegrad|aktueller reifegrad|reifegrad ist"
    "|ist reifegrad|maturité|niveau de maturité|maturité actuelle|madurez|nivel de madurez|madurez actual|maturidade"
    "|nível de maturidade|maturidade atual|volwassenheid|volwassenheidsniveau|huidige volwassenheid",
    "target": "target|maturity target|target maturity|target maturity level|desired maturity|to be maturity"
    "|maturity to be|future maturity|required maturity|goal maturity|zielreifegrad|ziel reifegrad|reifegrad ziel"
    "|reifegrad soll|soll reifegrad|ziel|soll|cible|maturité cible|objetivo|madurez objetivo|madurez deseada|alvo|meta"
    "|maturidade alvo|maturidade desejada|doel|doelvolwassenheid|gewenste volwassenheid|streefniveau",
    "expectation": "expectation|expectations|business expectation|business expectations|erwartung"
    "|erwartung des fachbereichs|attente|attentes|attente métier|expectativa|expectativas|verwachting|verwachtingen",
    "confidence": "confidence|confidence in it|it confidence|trust|trust in it|vertrauen|vertrauen in die it|confiance"
    "|confiance dans l it|confianza|confianza en ti|confiança|confiança na ti|vertrouwen|vertrouwen in it",
    "assessed_on": "assessed on|assessed|assessed at|assessment date|date assessed|last assessed|rated on|bewertet am"
    "|bewertungsdatum|évalué le|date d évaluation|fecha de evaluación|evaluado el|data de avaliação|avaliado em"
    "|beoordeeld op|beoordelingsdatum",
    "reason": "reason|reason for the scores|rationale|justification|begründung|raison|razón|motivo|justificación"
    "|justificativa|justificação|reden|motivering|onderbouwing",
    "alias_of": "alias of|alias|reference to|verweis auf|alias de|référence à|referencia a|referência a"
    "|verwijzing naar",
    "area": "area",
    "direction": "direction",
    "columns": "columns",
    "order_by": "order by",
    "equal": "equal|equal sizes",
}
"""Meaning -> headers that say it, the surest first."""

_GROUPS = (
    "domain|subdomain|sub domain|group|area|subarea|sub area|business area|business domain|grouping|domäne|bereich"
    "|gruppe|teilbereich|themenfeld|domaine|sous domaine|groupe|dominio|subdominio|grupo|área|domínio|subdomínio|domein"
    "|subdomein|groep|gebied"
)
_WRAPPERS = _set("capability data model map result results export root items nodes elements")
_OTHER_THINGS = _set(
    "application applications app apps service services system systems project projects process processes product"
    " products people owner owners stakeholder stakeholders technology technologies attribute attributes property"
    " properties link links relation relations reference references tag tags metric metrics risk risks"
)
_LEVEL_WORDS = "level|lvl|l|tier|ebene|stufe|niveau|nivel|laag|n|e"
_LEVEL = re.compile(rf"(?:{_LEVEL_WORDS})0?(\d{{1,2}})")
_ORDINAL_LEVEL = re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th|er|re|e|te|o|a)?(?:{_LEVEL_WORDS})")
_LEVEL_OF = re.compile(rf"(?:{_LEVEL_WORDS})?\.?(\d{{1,2}})(?:\.0)?")
_NAME_OF_LEVEL = _set(
    "name title label domain hierarchy function business domane domaine dominio domein nom nombre nome naam"
)


def normalised(header: str) -> str:
    """A header as bare words: no case, accents, brackets or linking words, ``camelCase`` taken apart, and without the
    word capability where another word is left.
    """
    if header.strip() in ("#", "№", "Nº", "N°"):
        return "number"
    words = _bare(_HUMP.sub(" ", _BRACKETS.sub(" ", header[:200]))).split()
    if "capability" in words or "capabilities" in words:
        words = [word for word in words if word != "business"] or words
    words = [word for word in words if word not in _LINKING] or words
    left = [word for word in words if word not in _CAPABILITY]
    return " ".join(left) if left else "capability" if words else ""


def plain_words(text: str) -> list[str]:
    """The words of a name such as "IT-Services_2026", in small letters and without accents."""
    return _bare(_HUMP.sub(" ", text[:200])).split()


def is_capability(word: str) -> bool:
    """Whether a plain word means capabilities."""
    return word in _CAPABILITY


def _bare(text: str) -> str:
    """Lower case without accents, anything but letters and digits turned into single blanks."""
    decomposed = unicodedata.normalize("NFKD", text.replace("ß", "ss"))
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return _NO_WORD.sub(" ", plain).strip().lower()


@cache
def _meanings() -> dict[str, tuple[str, int]]:
    table: dict[str, tuple[str, int]] = {}
    for meaning, headers in _HEADERS.items():
        for rank, header in enumerate(headers.split("|")):
            table.setdefault(normalised(header), (meaning, rank))
    return table


@cache
def _group_headers() -> frozenset[str]:
    return frozenset(normalised(header) for header in _GROUPS.split("|"))


def meaning_of(header: str) -> tuple[str, int] | None:
    """What a header says, and how surely (0 is surest); None for an unknown word."""
    return _meanings().get(normalised(header))


def is_group(header: str) -> bool:
    """Whether a header names a grouping of capabilities, such as a domain."""
    return normalised(header) in _group_headers()


def is_wrapper(key: str) -> bool:
    """Whether a key of JSON names the list that it holds, and not the parts of one box."""
    return normalised(key) in _WRAPPERS


def is_other_thing(key: str) -> bool:
    """Whether a key names things that are linked to a capability and are none themselves."""
    return normalised(key) in _OTHER_THINGS


def level_of_header(header: str) -> int | None:
    """The level that a header such as "L2", "Ebene 2" or "Capability Level 2" stands for; None if it is another."""
    words = normalised(header).split()
    joined = "".join(word for word in words if word not in _NAME_OF_LEVEL)
    match = _LEVEL.fullmatch(joined) or _ORDINAL_LEVEL.fullmatch(joined)
    return int(match[1]) if match else None


def level_of_value(text: str) -> int | None:
    """The level that a cell such as "2", "L2" or "Level 2" names; None if it is no level."""
    match = _LEVEL_OF.fullmatch(_bare(text.removesuffix(".0")).replace(" ", ""))
    return int(match[1]) if match else None


_SCORES: dict[int, str] = {
    1: "very low|lowest|minimal|negligible|initial|ad hoc|adhoc|chaotic|sehr niedrig|sehr gering|très faible|très bas"
    "|muy bajo|muy baja|muito baixo|muito baixa|zeer laag|inicial|initieel|initiel",
    2: "low|minor|niedrig|gering|faible|bas|basse|bajo|baja|baixo|baixa|laag|repeatable|wiederholbar|reproductible"
    "|repetible|repetível|herhaalbaar|managed|gesteuert|géré|gestionado|administrado|gerenciado|beheerst|developing",
    3: "medium|moderate|mid|average|normal|mittel|moyen|moyenne|modéré|medio|media|moderado|moderada|médio|média"
    "|gemiddeld|middel|defined|definiert|défini|definido|gedefinieerd|standardised|standardized",
    4: "high|important|hoch|wichtig|élevé|élevée|haut|haute|fort|forte|alto|alta|importante|hoog|belangrijk"
    "|quantitatively managed|measured|measurable|managed and measurable|quantitativ gesteuert|predictable"
    "|quantitativement géré|gestionado cuantitativamente|gerenciado quantitativamente|kwantitatief beheerst",
    5: "critical|very high|highest|vital|essential|mission critical|business critical|kritisch|sehr hoch|critique"
    "|très élevé|très élevée|très haut|très haute|crítico|crítica|muy alto|muy alta|muito alto|muito alta|zeer hoog"
    "|kritiek|cruciaal|optimised|optimized|optimising|optimizing|optimiert|optimierend|optimisé|optimisant"
    "|optimizado|otimizado|em otimização|geoptimaliseerd|optimaliserend",
}
_NOT_ASSESSED = (
    "n a|na|none|nil|null|unknown|not assessed|not rated|tbd|open|nicht bewertet|unbekannt|k a|keine|offen|non évalué"
    "|inconnu|no evaluado|desconocido|não avaliado|desconhecido|niet beoordeeld|onbekend|nvt"
)
_REPEATABLE = "repeatable|wiederholbar|reproductible|repetible|repetível|herhaalbaar"
_MANAGED = "managed|gesteuert|géré|gestionado|administrado|gerenciado|beheerst"
_CATEGORIES: dict[str, str] = {
    "strategic": "strategic|strategisch|stratégique|estratégico|estratégica",
    "core": "core|kern|kerngeschäft|coeur|cœur|coeur de métier|central|núcleo|principal|kernactiviteit|primary",
    "supporting": "supporting|support|enabling|unterstützend|unterstützung|soutien|de soutien|apoyo|soporte|apoio"
    "|suporte|ondersteunend|ondersteuning",
}
_YES = "yes|y|true|x|ja|oui|si|sim|1|wahr|vrai|verdadero|verdadeiro|waar"
_NO = "no|n|false|nein|non|não|nee|0|falsch|faux|falso|onwaar"


@cache
def _score_table() -> dict[str, int]:
    return {_bare(word): score for score, listed in _SCORES.items() for word in listed.split("|")}


@cache
def _word_set(listed: str) -> frozenset[str]:
    return frozenset(_bare(word) for word in listed.split("|"))


@cache
def _category_table() -> dict[str, str]:
    return {_bare(word): name for name, listed in _CATEGORIES.items() for word in listed.split("|")}


def score_of_word(word: str, *, repeatable: bool = False) -> int | None:
    """The score from 1 to 5 that a word such as "High" stands for; None for an unknown word.

    "Managed" is 2 on the scale initial, managed, defined, and 4 on the older one that has repeatable as its 2.
    """
    bare = _bare(word)
    if repeatable and bare in _word_set(_MANAGED):
        return 4
    return _score_table().get(bare)


def is_repeatable(word: str) -> bool:
    """Whether the word is the second step of the scale initial, repeatable, defined, managed, optimised."""
    return _bare(word) in _word_set(_REPEATABLE)


def is_not_assessed(word: str) -> bool:
    """Whether a cell says in words that there is no score."""
    return _DASHES.fullmatch(word.strip()) is not None or _bare(word) in _word_set(_NOT_ASSESSED)


def category_of_word(word: str) -> str | None:
    """The category that a word stands for; None for an unknown word."""
    return _category_table().get(_bare(word))


def yes_or_no(word: str) -> bool | None:
    """True or False for a word that says so; None for another."""
    bare = _bare(word)
    return True if bare in _word_set(_YES) else False if bare in _word_set(_NO) else None
