import { Container, Skeleton, Stack } from "@mantine/core";
import { useEffect, useState, useSyncExternalStore } from "react";
import { Login } from "../session/Login";
import { readState, renew, subscribe } from "../session/session";
import { ProblemNote } from "../ui/ProblemNote";
import { Shell } from "./Shell";

export function App() {
  const state = useSyncExternalStore(subscribe, readState);
  const [problem, setProblem] = useState<unknown>(null);
  useEffect(() => {
    if (state === "unknown") renew().catch(setProblem);
  }, [state]);
  if (state === "in") return <Shell />;
  if (state === "out") return <Login />;
  return (
    <Container size="xs" py="xl" component="main" aria-busy={problem === null}>
      {problem ? (
        <ProblemNote problem={problem} again={() => location.reload()} />
      ) : (
        <Stack>
          <Skeleton height={40} width="50%" />
          <Skeleton height={240} />
        </Stack>
      )}
    </Container>
  );
}
