# Senders outside the fleet, and the events that each may send. Each sender is bound to an IAM role.

locals {
  reporters = distinct([for m in var.models : m.external.reporter if m.external != null])

  sender_roles = merge(
    { for id, agent in var.agents : "agent.${id}" => agent.role_arn },
    var.sources,
  )

  senders = { for source, role in local.sender_roles : source => {
    role_arn = role
    detail_types = concat(
      startswith(source, "agent.") ? ["change.proposed.v*", "change.executed.v*"] : [],
      contains(var.eval_requesters, source) ? ["eval.requested.v*"] : [],
      contains(local.reporters, source) ? ["eval.case.completed.v*"] : [],
      contains(var.signal_sources, source) ? ["signal.recorded.v*"] : [],
    )
  } }
}

check "senders" {
  assert {
    condition     = length(setsubtract(concat(var.eval_requesters, var.signal_sources, local.reporters), keys(local.sender_roles))) == 0
    error_message = "A source in eval_requesters, signal_sources or the reporter of a model has no IAM role. Add it to `agents` or `sources`."
  }
}
