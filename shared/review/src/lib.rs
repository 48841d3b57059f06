//! The machine review: Rego policy bundle and guards over a Terraform plan.
