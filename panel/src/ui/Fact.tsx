import { Text } from "@mantine/core";
import type { ReactNode } from "react";

export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <Text size="sm">{name}</Text>
      <Text fw={600} component="div" className="fits">
        {children}
      </Text>
    </div>
  );
}
