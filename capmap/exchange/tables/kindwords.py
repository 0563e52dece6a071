"""Kindwords: what people call the kinds of record, and the columns of their tables, in six languages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from capmap.exchange import words
from capmap.exchange.grid.columns import KINDS, NOUNS, columns_of
from capmap.model.map import Map

_CAPABILITY = "capability"
_KINDS: Mapping[str, str] = {
    "service": "it service|it services|service|services|application|applications|app|apps|system|systems|it system"
    "|it systems|business application|business applications|anwendung|anwendungen|applikation|applikationen|it dienst"
    "|dienst|dienste|systeme|logiciel|logiciels|système|systèmes|aplicación|aplicaciones|servicio|servicios|sistema"
    "|sistemas|aplicação|aplicações|aplicativo|aplicativos|serviço|serviços|applicatie|applicaties|toepassing"
    "|toepassingen|diensten|systeem|systemen",
    "project": "project|projects|initiative|initiatives|programme|programmes|program|programs|projekt|projekte"
    "|vorhaben|projet|projets|proyecto|proyectos|iniciativa|iniciativas|projeto|projetos|projecten|initiatief"
    "|initiatieven",
    "objective": "objective|objectives|goal|goals|business goal|business goals|ziele|unternehmensziel"
    "|unternehmensziele|objectif|objectifs|objetivo|objetivos|doelen|doelstelling|doelstellingen",
    "unit": "business unit|business units|unit|units|organisational unit|organisational units|organizational unit"
    "|organizational units|org unit|org units|department|departments|abteilung|abteilungen|organisationseinheit"
    "|organisationseinheiten|geschäftsbereich|geschäftsbereiche|fachbereich|fachbereiche|unité|unités|département"
    "|départements|unidad|unidades|departamento|departamentos|unidade|unidades|afdeling|afdelingen|bedrijfsonderdeel"
    "|bedrijfsonderdelen",
    "provider": "provider|providers|vendor|vendors|supplier|suppliers|anbieter|lieferant|lieferanten|dienstleister"
    "|fournisseur|fournisseurs|prestataire|prestataires|proveedor|proveedores|fornecedor|fornecedores|leverancier"
    "|leveranciers|aanbieder|aanbieders",
    "demand": "demand|demands|request|requests|bedarf|bedarfe|anforderung|anforderungen|demande|demandes|besoins"
    "|solicitud|solicitudes|demanda|demandas|solicitação|solicitações|pedido|pedidos|aanvraag|aanvragen",
    "link": "link|links|relation|relations|relationship|relationships|mapping|mappings|pair|pairs|verknüpfung"
    "|verknüpfungen|beziehung|beziehungen|zuordnung|zuordnungen|lien|liens|relación|relaciones|vínculo|vínculos"
    "|relação|relações|vínculos|koppeling|koppelingen|relatie|relaties",
}
"""Kind -> what one and several of it are called. Capabilities are known by ``words``."""

_SHARED: Mapping[str, str] = {
    "value": "value statement|nutzen|wertbeitrag|valeur|valor|waarde",
    "driver": "driver|value driver|werttreiber",
    "external": "source id|id in the source",
}
_HEADERS: Mapping[str, Mapping[str, str]] = {
    "service": {
        "provider": f"{_KINDS['provider']}|delivered by|manufacturer|hersteller",
        "run_cost": "run cost|run costs|annual cost|annual costs|annual run cost|yearly cost|yearly costs|cost|costs"
        "|cost per year|operating cost|operating costs|opex|tco|kosten|betriebskosten|jährliche kosten|jahreskosten"
        "|kosten pro jahr|coût|coûts|coût annuel|coste|costes|costo|coste anual|costo anual|custo|custos|custo anual"
        "|jaarlijkse kosten",
        "plan_from": "plan|planned|lifecycle plan|geplant ab",
        "pilot_from": "pilot|phase in|lifecycle phase in|pilot ab",
        "live_from": "live|live since|active|active since|go live|go live date|in use since|lifecycle active"
        "|production since|in betrieb seit|aktiv seit|produktiv seit|live seit|en service depuis|mise en service"
        "|en producción desde|em produção desde|in gebruik sinds",
        "phase_out_from": "phase out|lifecycle phase out|phase out date|auslauf ab",
        "retired_from": "retired|retirement|retirement date|end of life|eol|lifecycle end of life|decommissioned"
        "|ausser betrieb ab|fin de vie|fin de vida|fim de vida|einde levensduur",
        "level_target": "service level|sla|sla target|target availability|availability target|service level soll",
        "level_actual": "sla actual|availability|actual availability|uptime|verfügbarkeit|service level ist"
        "|disponibilité|disponibilidad|disponibilidade|beschikbaarheid",
        "satisfaction": "satisfaction|user satisfaction|zufriedenheit|nutzerzufriedenheit|satisfacción|satisfação"
        "|tevredenheid",
        "criticality": "criticality|business criticality|kritikalität|criticité|criticidad|criticidade|kritikaliteit",
        "out:depends on": "depends on|dependencies|requires|hängt ab von|abhängig von|dépend de|depende de"
        "|hangt af van",
    },
    "project": {
        "status": "status|state|phase|zustand|statut|estado|situação|stand",
        "start": "start|start date|begin|beginn|startdatum|début|date de début|inicio|fecha de inicio|início"
        "|data de início|begindatum",
        "end": "end|end date|planned end|finish|due|ende|enddatum|fin|date de fin|fecha de fin|fim|data de fim|término"
        "|einde|einddatum",
        "finished": "finished|finished on|completed|completed on|abgeschlossen am|terminé le|finalizado|concluído em",
        "budget": "budget|planned cost|approved budget|presupuesto|orçamento|begroting",
        "spent": "spent|actual cost|actual costs|cost|costs|actuals|istkosten|ist kosten|coût réel|coste real"
        "|custo real|werkelijke kosten",
        "benefit_expected": "benefit|benefits|expected benefit|nutzen|bénéfice|beneficio|benefício",
        "benefit_achieved": "achieved benefit|actual benefit",
        "sponsor": "sponsor|auftraggeber|commanditaire|patrocinador|opdrachtgever",
        "contributors": "team|members|mitwirkende|beteiligte|équipe|equipo|equipe",
        "funding_unit": f"funded by|paid by|bezahlt von|{_KINDS['unit']}",
    },
    "objective": {
        "perspective": "perspective|perspektive|perspectiva|perspectief",
        "measure": "measure|metric|kpi|key result|kennzahl|messgrösse|indicateur|indicador|maatstaf",
        "measure_unit": "unit|einheit|unité|unidad|unidade|eenheid",
        "baseline": "baseline|start value|ausgangswert|valeur initiale|valor inicial",
        "target": "target|target value|zielwert|cible|meta|alvo|streefwaarde",
        "actual": "actual|actual value|current value|istwert|valeur actuelle|valor actual|valor atual",
        "due": "due|due date|by|deadline|fällig|fällig am|échéance|vencimiento|prazo",
    },
    "unit": {
        "manager": "relationship manager|manager|head|leiter|leitung|responsable|gerente|hoofd",
    },
    "provider": {
        "sourcing": "sourcing|internal or external|intern extern",
        "contract_end": "contract end|contract until|vertragsende|fin de contrat|fin de contrato|fim do contrato"
        "|einde contract",
    },
    "demand": {
        "stage": "stage|status|state|phase|étape|etapa|estado|fase",
        "impact": "impact|business impact|auswirkung|impacto",
        "effort": "effort|person days|effort days|aufwand|charge|esfuerzo|esforço|inspanning",
        "unit": f"asked by|requested by|requester|{_KINDS['unit']}",
        "asked_on": "asked on|requested on|date|datum|fecha|data|demandé le",
        "project": _KINDS["project"],
    },
    "link": {
        "type": "type|link type|relationship type|relation type|typ|art|tipo",
        "source": "source|from|source name|quelle|von|origine|origen|origem|bron",
        "target": "target|to|target name|ziel|nach|cible|destination|destino|doel",
        "share": "share|share of cost|cost share|anteil|kostenanteil|part|participación|participação|aandeel",
        "fit": "fit|functional fit|eignung|abdeckung|adéquation|adecuación|adequação",
        "effect": "effect|wirkung|effet|efecto|efeito",
        "note": "note|notes|comment|comments|remark|remarks|bemerkung|bemerkungen|kommentar|commentaire|remarque"
        "|comentario|nota|observação|opmerking",
    },
}
"""Kind -> column -> headers that say it, beside the column's own label and the name of its field."""

_PLAIN = ("name", "code", "description", "owner", "tags")
"""Columns that ``words`` knows for every kind."""

_LINKED: Mapping[str, Mapping[str, str]] = {
    "service": {_CAPABILITY: "out:supports", "project": "in:changes"},
    "project": {_CAPABILITY: "out:improves", "service": "out:changes"},
    "objective": {_CAPABILITY: "out:needs"},
    "unit": {_CAPABILITY: "out:uses"},
    "demand": {_CAPABILITY: "out:asks for"},
}
"""Kind -> kind named by a header -> the column of links between them."""

_NAMING = frozenset(["name", "names", "title", "label", "id", "code", "nom", "nombre", "nome", "naam", "bezeichnung"])


@cache
def _kind_table() -> dict[str, str]:
    table = {words.normalised(word): kind for kind, listed in _KINDS.items() for word in listed.split("|")}
    for kind, nouns in NOUNS.items():
        table.update({words.normalised(noun): kind for noun in nouns})
    return table


def kind_of_header(header: str) -> str:
    """The kind whose records stand in a column with this header ("Application name"), or an empty text."""
    told = words.normalised(header).split()
    table = _kind_table()
    for left in (told, [word for word in told if word not in _NAMING]):
        kind = table.get(" ".join(left), "")
        if kind:
            return kind
    return ""


def kinds_named(title: str) -> tuple[str, ...]:
    """The kinds that the name of a sheet or file speaks of, in the order of their words."""
    plain = words.plain_words(title)
    found: dict[str, None] = {}
    table = _kind_table()
    place = 0
    while place < len(plain):
        for length in (3, 2, 1):
            kind = table.get(" ".join(plain[place : place + length]), "")
            if kind or (length == 1 and words.is_capability(plain[place])):
                found[kind or _CAPABILITY] = None
                place += length - 1
                break
        place += 1
    return tuple(found)


def kind_called(word: str) -> str:
    """The kind that somebody names on the command line ("services", "IT services"), or an empty text."""
    if word.strip().casefold() in KINDS:
        return word.strip().casefold()
    named = kinds_named(word)
    return named[0] if len(named) == 1 else ""


@cache
def _columns(kind: str) -> dict[str, str]:
    """Normalised header -> key of the column, the surest kept where two columns claim one."""
    table: dict[str, str] = {}
    for column in columns_of(Map(), kind):
        for header in (column.label, column.key):
            table.setdefault(words.normalised(re.sub("[:_]", " ", header)), column.key)
    for listing in (_HEADERS.get(kind, {}), _SHARED):
        for key, listed in listing.items():
            for header in listed.split("|"):
                table.setdefault(words.normalised(header), key)
    for other, key in _LINKED.get(kind, {}).items():
        for header, named in _kind_table().items():
            if named == other:
                table.setdefault(header, key)
        if other == _CAPABILITY:
            table.setdefault(other, key)
    there = {column.key for column in columns_of(Map(), kind)}
    return {header: key for header, key in table.items() if key in there}


def column_of(kind: str, header: str) -> str:
    """The key of the column of a kind that a header names, an empty text for an unknown one."""
    key = _columns(kind).get(words.normalised(header), "")
    if key:
        return key
    if kind_of_header(header) == kind:
        ending = words.normalised(header).rpartition(" ")[2]
        return {"id": "external", "code": "code"}.get(ending, "name")
    known = words.meaning_of(header)
    meaning = "" if known is None else {"id": "external"}.get(known[0], known[0])
    there = {column.key for column in columns_of(Map(), kind)}
    return meaning if meaning in (*_PLAIN, "external") and meaning in there else ""


@cache
def telling_columns(kind: str) -> frozenset[str]:
    """Columns that only the tables of this kind have."""
    own = {column.key for column in columns_of(Map(), kind)}
    for other in KINDS:
        if other != kind:
            own -= {column.key for column in columns_of(Map(), other)}
    return frozenset(own)
