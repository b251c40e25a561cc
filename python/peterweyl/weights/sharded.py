"""Checkpoints in several files with a JSON index, ``model.safetensors.index.json`` and the like."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from ..errors import UnsafeCheckpointError, WeightsFormatError
from .faults import Malformed, Refused, quote
from .json_text import parse_json
from .limits import Limits
from .mapping import Tensor, Weights
from .source_file import WeightsFile, neighbour

# An index of more shards, or more bytes, than any published model has.
MAX_SHARDS = 4_096
MAX_INDEX = 64 * 2**20


@dataclass(frozen=True, slots=True)
class ShardedReader:
    """Reads an index and the shards beside it, each by its own content.

    Attributes:
        open_shard: opens one shard; it must not be an index again.
    """

    open_shard: Callable[[str, Limits], Weights]

    name = "sharded"
    title = "an index of sharded weights (.index.json)"
    extensions = (".json",)

    def recognises(self, file: WeightsFile) -> bool:
        """Whether the file is a JSON object with the map from tensors to shards."""
        head = bytes(file.data[:64]).lstrip()
        return head[:1] == b"{" and len(file.data) <= MAX_INDEX and b'"weight_map"' in bytes(file.data)

    def read(self, file: WeightsFile, limits: Limits) -> Iterator[Tensor]:
        """The tensors in the order of the index; only headers of the shards are read."""
        places = parse_json(file.data, "the index").get("weight_map")
        if not isinstance(places, Mapping) or not all(isinstance(shard, str) for shard in places.values()):
            raise Malformed("the index must have a weight_map from the names of tensors to names of files")
        names = dict.fromkeys(places.values())
        if len(names) > MAX_SHARDS:
            raise Malformed(f"the index names {len(names):,} shards, more than {MAX_SHARDS:,}")
        shards = {shard: self._open(file.path, shard, limits) for shard in names}
        for name, shard in places.items():
            if name not in shards[shard]:
                raise Malformed(
                    f"tensor {quote(name)} is not in the shard {quote(shard)}, where the index puts it"
                )
            yield shards[shard].tensor(name)

    def _open(self, path: str, shard: str, limits: Limits) -> Weights:
        try:
            return self.open_shard(neighbour(path, shard), limits)
        except UnsafeCheckpointError as error:
            raise Refused(f"shard {quote(shard)}: {error}", error.reference) from error
        except WeightsFormatError as error:
            raise Malformed(f"shard {quote(shard)}: {error}") from error
        except ValueError:
            raise Malformed(f"the shard {quote(shard)} lies outside the folder of the index") from None
