import type { InputHTMLAttributes } from "react";
import { Field } from "./parts";
import { type FieldName, type Filled, LABELS } from "./registration";

const INPUTS: Record<FieldName, InputHTMLAttributes<HTMLInputElement>> = {
  name: { autoComplete: "name", maxLength: 255 },
  rg: { maxLength: 20 },
  family_income_cents: { inputMode: "decimal", placeholder: "como 6.500,00" },
  mobile: { type: "tel", autoComplete: "tel" },
  email: { autoComplete: "email", inputMode: "email", maxLength: 254 },
  zip_code: { inputMode: "numeric", autoComplete: "postal-code" },
  address: { autoComplete: "street-address", maxLength: 255 },
};

type Props = {
  fields: readonly FieldName[];
  required: readonly FieldName[];
  filled: Filled;
  wrong: Filled;
  change: (filled: Filled) => void;
};

export function RegistrationFields({ fields, required, filled, wrong, change }: Props) {
  return (
    <div className="grid">
      {fields.map((name) => (
        <Field
          key={name}
          label={LABELS[name]}
          required={required.includes(name)}
          {...INPUTS[name]}
          value={filled[name] ?? ""}
          onChange={(event) => change({ ...filled, [name]: event.currentTarget.value })}
          error={wrong[name]}
        />
      ))}
    </div>
  );
}
