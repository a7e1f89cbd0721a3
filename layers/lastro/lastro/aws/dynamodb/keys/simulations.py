"""Keys of leads and simulations.

| entity              | PK                      | SK            | by_owner (PK / SK)             | open (PK / SK)  | read by |
|---------------------|-------------------------|---------------|--------------------------------|-----------------|---------|
| lead                | STORE#<id>              | LEAD#<doc>[#<panel>] | of a panel: STORE#<id>#LEADS#<panel> / <doc> |  | one get; list by prefix, or by panel |
| plus returns        | STORE#<id>              | RETURN_RULES  |                                |                 | one get: all of a store's |
| simulation          | SIM#<uuid>              | HEADER        | STORE#<id>#SIM / <time>#<uuid> | OPEN / <due>#<uuid> | one query reads all of it |
| simulation of a panel | SIM#<uuid>            | PANEL#<panel> | STORE#<id>#SIM#<panel> / <time>#<uuid> |       | list of a panel's |
| what was asked      | SIM#<uuid>              | ASKED         |                                |                 | with its simulation: the original conditions |
| progress            | SIM#<uuid>              | PROGRESS      |                                |                 | with its simulation: what ended so far |
| ended condition     | SIM#<uuid>              | COND#<offset> |                                |                 | with its simulation |
| pre-approval        | SIM#<uuid>              | PRE#<bank>    |                                |                 | with its simulation |
| circuit breaker     | BREAKER#<bank>          | BREAKER       |                                |                 | one get per bank and batch |
"""

from __future__ import annotations

from lastro.aws.dynamodb.keys import Key, mark_panel, open_place

OPEN_SIMULATIONS = "OPEN"
LEAD_PREFIX = "LEAD#"


def lead(store_id: int, document: str, panel: str | None = None) -> Key:
    """The store's own, or that of a panel that sells in it."""
    return Key(f"STORE#{store_id}", mark_panel(f"{LEAD_PREFIX}{document}", panel))


def panel_lead_index(store_id: int, panel: str, document: str = "") -> dict[str, str]:
    """Attributes that place a lead of a panel in that panel's list, in order of document."""
    return {"by_owner_pk": mark_panel(f"STORE#{store_id}#LEADS", panel), "by_owner_sk": document}


def return_rules(store_id: int) -> Key:
    """The plus returns of a store, together."""
    return Key(f"STORE#{store_id}", "RETURN_RULES")


def simulation(simulation_id: str) -> Key:
    return Key(f"SIM#{simulation_id}", "HEADER")


def asked(simulation_id: str) -> Key:
    """The original conditions of a simulation, together."""
    return Key(f"SIM#{simulation_id}", "ASKED")


def progress(simulation_id: str) -> Key:
    """Which of a simulation's conditions ended and were generated so far."""
    return Key(f"SIM#{simulation_id}", "PROGRESS")


def condition(simulation_id: str, offset: int) -> Key:
    return Key(f"SIM#{simulation_id}", f"COND#{offset:05d}")


def pre_approval(simulation_id: str, bank: str) -> Key:
    return Key(f"SIM#{simulation_id}", f"PRE#{bank}")


def breaker(bank: str) -> Key:
    return Key(f"BREAKER#{bank}", "BREAKER")


def owner_index(store_id: int, created_at: str = "", simulation_id: str = "") -> dict[str, str]:
    """Attributes that place a simulation in its store's list, newest last."""
    return {"by_owner_pk": f"STORE#{store_id}#SIM", "by_owner_sk": f"{created_at}#{simulation_id}"}


def open_index(due_at: str = "", simulation_id: str = "") -> dict[str, str]:
    """Attributes that keep a simulation among the unfinished ones."""
    return open_place(OPEN_SIMULATIONS, simulation_id, f"{due_at}#{simulation_id}")
