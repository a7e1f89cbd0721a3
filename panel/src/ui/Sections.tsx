import { Button, Group } from "@mantine/core";
import { link } from "../app/routes";

/** The parts of an area, as links: each has an address of its own. */
export function Sections(props: {
  label: string;
  area: string;
  current: string;
  parts: readonly (readonly [path: string, title: string])[];
}) {
  return (
    <Group component="nav" gap="xs" aria-label={props.label} className="unprinted">
      {props.parts.map(([path, title]) => (
        <Button
          key={path}
          component="a"
          size="xs"
          href={path ? link(props.area, path) : link(props.area)}
          variant={path === props.current ? "filled" : "default"}
          aria-current={path === props.current ? "page" : undefined}
        >
          {title}
        </Button>
      ))}
    </Group>
  );
}
