import {
  Anchor,
  AppShell,
  Burger,
  Button,
  Group,
  NativeSelect,
  NavLink,
  Skeleton,
  Stack,
  Text,
  Title,
  useComputedColorScheme,
  useMantineColorScheme,
} from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Suspense, useEffect, useState, useSyncExternalStore } from "react";
import { api, ask } from "../api/client";
import { logOut } from "../session/session";
import { chooseStore, readStore, subscribeStore } from "../session/store";
import { ProblemNote } from "../ui/ProblemNote";
import { areasOf } from "./areas";
import { link, useRoute } from "./routes";

export function Shell() {
  const [opened, { toggle, close }] = useDisclosure();
  const scheme = useComputedColorScheme("light");
  const { setColorScheme } = useMantineColorScheme();
  const queries = useQueryClient();
  const [stuck, setStuck] = useState<unknown>(null);
  const route = useRoute();
  const store = useSyncExternalStore(subscribeStore, readStore);
  const user = useQuery({ queryKey: ["user"], queryFn: () => ask(api.GET("/api/v1/users/current")) });
  const stores = useQuery({ queryKey: ["stores"], queryFn: () => ask(api.GET("/api/v1/stores")) });
  const listed = stores.data?.stores;
  useEffect(() => {
    const [first] = listed ?? [];
    if (first && !listed?.some((each) => each.id === store)) chooseStore(first.id);
  }, [listed, store]);

  const person = user.data?.user;
  const areas = person ? areasOf(person.role.identifier) : [];
  const area = areas.find((each) => each.path === route[0]) ?? (route.length === 0 ? areas[0] : undefined);

  const colours = scheme === "dark" ? "Cores claras" : "Cores escuras";
  const changeColours = () => setColorScheme(scheme === "dark" ? "light" : "dark");

  async function leave() {
    setStuck(null);
    try {
      await logOut();
    } catch (error) {
      setStuck(error);
    }
  }

  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 220, breakpoint: "sm", collapsed: { mobile: !opened } }}
      padding="md"
    >
      <AppShell.Header className="unprinted">
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="xs" wrap="nowrap" style={{ flexShrink: 0 }}>
            <Burger
              opened={opened}
              onClick={toggle}
              hiddenFrom="sm"
              size="sm"
              aria-label="Menu"
              aria-expanded={opened}
            />
            <Anchor href="#/" fw={700} underline="never">
              Lastro
            </Anchor>
          </Group>
          <Group gap="xs" wrap="nowrap" miw={0}>
            {listed && listed.length > 1 && (
              <NativeSelect
                aria-label="Loja"
                size="xs"
                miw={0}
                value={String(store ?? "")}
                onChange={(event) => {
                  chooseStore(Number(event.currentTarget.value));
                  void queries.invalidateQueries();
                }}
                data={listed.map((each) => ({ value: String(each.id), label: each.name }))}
              />
            )}
            <Button variant="default" size="xs" visibleFrom="sm" onClick={changeColours}>
              {colours}
            </Button>
            <Button variant="default" size="xs" style={{ flexShrink: 0 }} onClick={() => void leave()}>
              Sair
            </Button>
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" className="unprinted" aria-label="Áreas">
        <Stack justify="space-between" h="100%">
          <div>
            {areas.map((each) => (
              <NavLink
                key={each.path}
                href={link(each.path)}
                label={each.title}
                variant="filled"
                active={each === area}
                aria-current={each === area ? "page" : undefined}
                onClick={close}
              />
            ))}
          </div>
          <Stack gap="xs" align="flex-start" p="xs">
            <Button variant="default" size="xs" hiddenFrom="sm" onClick={changeColours}>
              {colours}
            </Button>
            {person && (
              <Text size="sm" className="fits">
                {person.name}
                <br />
                {person.role.name}, {person.account.name}
              </Text>
            )}
          </Stack>
        </Stack>
      </AppShell.Navbar>
      <AppShell.Main>
        {stuck !== null && (
          <>
            <Text fw={700}>Você ainda não saiu.</Text>
            <ProblemNote problem={stuck} again={() => void leave()} />
          </>
        )}
        <ProblemNote problem={user.error ?? stores.error} again={() => void queries.invalidateQueries()} />
        {area && listed && (
          <Suspense fallback={<Skeleton height={320} />}>
            <area.view path={route.slice(1)} key={`${area.path}-${store}`} />
          </Suspense>
        )}
        {person && !area && (
          <Stack>
            <Title order={1}>Nada por aqui</Title>
            <Text>
              {areas.length === 0
                ? "Seu papel ainda não tem área no painel."
                : "Este endereço não é de nenhuma área do seu papel."}
            </Text>
          </Stack>
        )}
      </AppShell.Main>
    </AppShell>
  );
}
