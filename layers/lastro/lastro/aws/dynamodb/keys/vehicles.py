"""Keys of vehicle catalogues and stores' stocks.

| entity              | PK                      | SK            | by_owner (PK / SK)             | open (PK / SK)  | read by |
|---------------------|-------------------------|---------------|--------------------------------|-----------------|---------|
| vehicle catalogue   | CATALOGUE#<partner>     | HEAD          |                                |                 | one get: which load is in force |
| part of a catalogue | CATALOGUE#<partner>     | LOAD#<load>#… |                                |                 | one query when the load changed |
| vehicle for sale    | STOCK#<store>           | VEHICLE#<id>  |                                |                 | one get; list by prefix |
| removed vehicle     | STOCK#<store>           | REMOVED#<id>  |                                |                 | one get |
| plate, chassis or Renavam | STOCK#<store>     | PLATE#…, CHASSI#…, RENAVAM#… |                 |                 | one get: whose it is |
| price of a model    | STOCK#<store>           | PRICE#<model> |                                |                 | one get; list by prefix |
| change of a price   | STOCK#<store>           | PRICED#<model>#<version> |                     |                 | one query |
| change of a vehicle | STOCK#<store>           | CHANGE#<id>#<version> |                        |                 | one query |
"""

from __future__ import annotations

from lastro.aws.dynamodb.keys import Key


def catalogue(partner_id: str) -> Key:
    """Which load of a partner's vehicle models is in force."""
    return Key(f"CATALOGUE#{partner_id}", "HEAD")


CATALOGUE_PARTS = "LOAD#"


def catalogue_load(load: str) -> str:
    """What the sort keys of a load's parts begin with."""
    return f"{CATALOGUE_PARTS}{load}#"


def catalogue_part(partner_id: str, load: str, number: int) -> Key:
    return Key(f"CATALOGUE#{partner_id}", f"{catalogue_load(load)}{number:06d}")


def stock_vehicle(store_id: int, vehicle_id: int) -> Key:
    """A vehicle that is for sale."""
    return Key(f"STOCK#{store_id}", f"VEHICLE#{vehicle_id:012d}")


def removed_vehicle(store_id: int, vehicle_id: int) -> Key:
    """One that left the stock: out of the list's way."""
    return Key(f"STOCK#{store_id}", f"REMOVED#{vehicle_id:012d}")


def stock_plate(store_id: int, plate: str) -> Key:
    """Which vehicle for sale has a plate, in its Mercosur form."""
    return Key(f"STOCK#{store_id}", f"PLATE#{plate}")


def stock_chassi(store_id: int, chassi: str) -> Key:
    """Which vehicle for sale has a chassis number."""
    return Key(f"STOCK#{store_id}", f"CHASSI#{chassi}")


def stock_renavam(store_id: int, renavam: str) -> Key:
    """Which vehicle for sale has a Renavam."""
    return Key(f"STOCK#{store_id}", f"RENAVAM#{renavam}")


def model_price(store_id: int, model_id: int) -> Key:
    """What a store asks for a model of the catalogue."""
    return Key(f"STOCK#{store_id}", f"PRICE#{model_id:012d}")


def price_changes(model_id: int) -> str:
    """What the sort keys of a price's changes begin with."""
    return f"PRICED#{model_id:012d}#"


def price_change(store_id: int, model_id: int, version: int) -> Key:
    return Key(f"STOCK#{store_id}", f"{price_changes(model_id)}{version:08d}")


def stock_changes(vehicle_id: int) -> str:
    """What the sort keys of a vehicle's changes begin with."""
    return f"CHANGE#{vehicle_id:012d}#"


def stock_change(store_id: int, vehicle_id: int, version: int) -> Key:
    return Key(f"STOCK#{store_id}", f"{stock_changes(vehicle_id)}{version:08d}")
