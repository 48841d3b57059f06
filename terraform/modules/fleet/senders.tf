# Senders outside the fleet, and the events that each may send. Each sender is bound to an IAM role.

locals {
  reporters = distinct([for m in var.models : m.external.reporter if m.external != null])

  sender_roles = merge(
    { for id, agent in var.senders.agents : "agent.${id}" => agent.role_arn },
    var.senders.others,
  )

  senders = { for source, role in local.sender_roles : source => {
    role_arn = role
    detail_types = concat(
      startswith(source, "agent.") ? ["change.proposed.v*", "change.executed.v*"] : [],
      contains(var.senders.evaluations, source) ? ["eval.requested.v*"] : [],
      contains(local.reporters, source) ? ["eval.case.completed.v*"] : [],
      contains(var.senders.signals, source) ? ["signal.recorded.v*"] : [],
    )
  } }
}

check "senders" {
  assert {
    condition     = length(setsubtract(concat(var.senders.evaluations, var.senders.signals, local.reporters), keys(local.sender_roles))) == 0
    error_message = "A source in senders.evaluations or senders.signals, or the reporter of a model, has no IAM role. Add it to senders.agents or senders.others."
  }
}
