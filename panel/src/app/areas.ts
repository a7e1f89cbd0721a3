import { type ComponentType, type LazyExoticComponent, lazy } from "react";
import { type Right, reads } from "./rights";

type AreaProps = { path: readonly string[] };

export type Area = {
  path: string;
  title: string;
  /** It is in the menu of who reads one of these; the API decides what a person may really do. */
  rights: readonly Right[];
  view: LazyExoticComponent<ComponentType<AreaProps>>;
};

export const AREAS: readonly Area[] = [
  {
    path: "simulacoes",
    title: "Simulações",
    rights: ["simulations"],
    view: lazy(() => import("../areas/simulations/Simulations")),
  },
  {
    path: "propostas",
    title: "Propostas",
    rights: ["credit"],
    view: lazy(() => import("../areas/workstation/Workstation")),
  },
  {
    path: "biros",
    title: "Birôs",
    rights: ["bureaus", "bureau_setup"],
    view: lazy(() => import("../areas/bureaus/Bureaus")),
  },
  {
    path: "negativacoes",
    title: "Negativações",
    rights: ["listings", "listing_setup"],
    view: lazy(() => import("../areas/listings/Listings")),
  },
  {
    path: "clientes",
    title: "Clientes",
    rights: ["customers", "portal"],
    view: lazy(() => import("../areas/customers/Customers")),
  },
  {
    path: "reservas",
    title: "Reservas",
    rights: ["reservations"],
    view: lazy(() => import("../areas/reservations/Reservations")),
  },
  {
    path: "alcadas",
    title: "Alçadas",
    rights: ["rules"],
    view: lazy(() => import("../areas/approvals/Approvals")),
  },
  {
    path: "integracao",
    title: "Integração",
    rights: ["integration"],
    view: lazy(() => import("../areas/integration/Integration")),
  },
  {
    path: "titulares",
    title: "Titulares",
    rights: ["data_subjects"],
    view: lazy(() => import("../areas/subjects/Subjects")),
  },
];

/** The areas that a job opens, in the order of the menu. */
export function areasOf(job: string): Area[] {
  return AREAS.filter((area) => area.rights.some((right) => reads(job, right)));
}
