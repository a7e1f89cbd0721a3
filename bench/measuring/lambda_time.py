"""What Lambda bills of a call: it waits as long at any memory, and works the longer the less of a core it has. Pure.

Source: AWS, *Lambda developer guide*, "Configure Lambda function memory": processor in proportion to memory, a core at
1,769 MB. Waiting and own work are added, although some of a batch's work falls into its waiting: the cautious reading.
"""

from dataclasses import dataclass

CORE_MB = 1769
AWS_SECONDS = 0.005
"""A request to DynamoDB or SQS within a region, an assumption."""


@dataclass(frozen=True)
class Time:
    """Seconds of one call: those it waits for others, and of a whole core its own."""

    waiting: float
    own: float

    def billed(self, memory_mb: int) -> float:
        """Seconds billed at this memory; two cores help no event loop."""
        return self.waiting + self.own * max(1.0, CORE_MB / memory_mb)

    def gb_seconds(self, memory_mb: int) -> float:
        return self.billed(memory_mb) * memory_mb / 1024
