import { Text } from "@mantine/core";
import type { ReactNode } from "react";
import { usePerson } from "../api/person";
import { type Right, writes } from "../app/rights";

/** Whether the person's job writes there: what the API would refuse is not offered. False until the person is known. */
export function useMayWrite(area: Right): boolean {
  return writes(usePerson().job, area);
}

/** What only who writes there is offered; `else` is said to the others in its place. */
export function Writing(props: { area: Right; otherwise?: string; children: ReactNode }) {
  const { job } = usePerson();
  if (writes(job, props.area)) return props.children;
  return job && props.otherwise ? <Text>{props.otherwise}</Text> : null;
}
