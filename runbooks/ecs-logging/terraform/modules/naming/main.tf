# One place that knows what things are called. `migrate`'s runbook follows the same rule: `PROJECT` for what there is one
# of, `PROJECT-PART` for the rest, a path where a service has paths.
locals {
  parts = toset(concat(var.applications, var.monitoring))
}
