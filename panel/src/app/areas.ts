import { type ComponentType, type LazyExoticComponent, lazy } from "react";

type AreaProps = { path: readonly string[] };

export type Area = {
  path: string;
  title: string;
  /** Jobs whose menu has it; the API decides what they may really do. */
  jobs: readonly string[];
  view: LazyExoticComponent<ComponentType<AreaProps>>;
};

export const AREAS: readonly Area[] = [
  {
    path: "simulacoes",
    title: "Simulações",
    jobs: ["manager", "analyst", "approver", "broker", "agency"],
    view: lazy(() => import("../areas/simulations/Simulations")),
  },
  {
    path: "propostas",
    title: "Propostas",
    jobs: ["manager", "analyst", "approver"],
    view: lazy(() => import("../areas/workstation/Workstation")),
  },
  {
    path: "biros",
    title: "Birôs",
    jobs: ["manager", "analyst", "approver", "operator"],
    view: lazy(() => import("../areas/bureaus/Bureaus")),
  },
  {
    path: "negativacoes",
    title: "Negativações",
    jobs: ["manager", "analyst", "approver", "operator"],
    view: lazy(() => import("../areas/listings/Listings")),
  },
  {
    path: "clientes",
    title: "Clientes",
    jobs: ["manager", "analyst", "approver", "broker", "agency"],
    view: lazy(() => import("../areas/customers/Customers")),
  },
  {
    path: "alcadas",
    title: "Alçadas",
    jobs: ["manager", "analyst", "approver"],
    view: lazy(() => import("../areas/approvals/Approvals")),
  },
  {
    path: "integracao",
    title: "Integração",
    jobs: ["manager", "operator"],
    view: lazy(() => import("../areas/integration/Integration")),
  },
];
