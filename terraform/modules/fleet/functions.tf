# The functions, their subscriptions and their permissions. Every wildcard has a comment that explains it.

locals {
  bus_arn = module.bus.arn

  # Functions use the names of their queues, not references. Terraform creates the functions first, because
  # each queue is created together with its event source mapping, which needs the function.
  queues_arn = "arn:${data.aws_partition.this.partition}:sqs:${var.region}:${var.account_id}:${local.prefix}"
  # By name, so that policies can be judged before the apply.
  functions_arn = "arn:${data.aws_partition.this.partition}:lambda:${var.region}:${var.account_id}:function:${local.prefix}"

  common_variables = {
    HEADGATE_LOG = var.logs.filter
    # The functions route paths without the stage.
    AWS_LAMBDA_HTTP_IGNORE_STAGE_IN_PATH = "true"
  }

  flow_variables = {
    HEADGATE_LEDGER_TABLE = module.ledger["ledger"].name
    HEADGATE_BUS          = module.bus.name
  }

  # Null and empty attributes are left out, and the JSON is compressed, to fit into the function's variables.
  environments_json     = jsonencode([for e in var.environments : { for k, v in merge(e, { gate = { for g, w in e.gate : g => w if w != null && try(length(w), 1) > 0 || g == "roles" } }) : k => v if v != null && try(length(v), 1) > 0 }])
  environments_variable = { HEADGATE_ENVIRONMENTS = "gzip:${base64gzip(local.environments_json)}" }
  team_variable         = local.team_policies == null ? {} : { HEADGATE_TEAM_POLICIES = jsonencode(local.team_policies) }
  agents_variable       = { HEADGATE_AGENTS = jsonencode({ for id, agent in var.senders.agents : id => { human_owner = agent.human_owner, models = agent.models } }) }
  types_variable        = length(var.engagement_types) == 0 ? {} : { HEADGATE_ENGAGEMENT_TYPES = "gzip:${base64gzip(jsonencode(var.engagement_types))}" }
  artifacts_variable    = { HEADGATE_ARTIFACT_BUCKET = module.artifacts["artifacts"].name }
  runs_variables        = merge(local.metrics_variable, local.artifacts_variable, local.models_variable, { HEADGATE_BUS = module.bus.name })
  metrics_variable      = { HEADGATE_METRICS_TABLE = module.ledger["metrics"].name }

  # Build ID of each function. Dead letters contain it. It changes whenever the zip changes.
  builds = { for name in keys(local.timeouts) : name => substr(filesha256("${var.code.zip_dir}/${name}/bootstrap.zip"), 0, 12) }

  runner_variables = { HEADGATE_RETRY_BASE_SECONDS = tostring(var.functions.retry_base_seconds) }

  # Functions that quarantine or redrive need the deployed build and the queue URL of each consumer.
  quarantine_variables = {
    HEADGATE_QUARANTINE_TABLE = module.ledger["quarantine"].name
    HEADGATE_BUS              = module.bus.name
    HEADGATE_CONSUMERS = jsonencode({
      for name in keys(local.subscriptions) : name => {
        queue_url = "https://sqs.${var.region}.amazonaws.com/${var.account_id}/${local.prefix}${name}"
        build     = local.builds[name]
        queues    = try(local.subscriptions[name].parts.queues, 1)
      }
    })
  }
  quarantine_bucket_variable = { HEADGATE_QUARANTINE_BUCKET = module.artifacts["quarantine"].name }
  redrive_cap_variable       = { HEADGATE_REDRIVE_CAP = tostring(var.quarantine.redrive_cap) }

  auth_variables = {
    HEADGATE_OIDC_ISSUER   = var.oidc.issuer
    HEADGATE_OIDC_AUDIENCE = var.oidc.audience
    HEADGATE_OIDC_JWKS     = var.oidc.jwks
    HEADGATE_ROLES_CLAIM   = var.oidc.roles_claim

    HEADGATE_PRINCIPAL_CLAIM = var.oidc.principal_claim
    HEADGATE_PERSON_EVIDENCE = jsonencode(var.oidc.person)
  }

  # Tables whose outboxes contain the events that a consumer receives from the fleet: see shared/aws/outbox/src/origins.rs.
  origins = {
    intake               = ["ledger"]
    pm-review            = ["ledger"]
    engagement           = ["ledger"]
    approval-gate-start  = ["ledger"]
    approval-gate-notify = ["ledger"]
    eval-runner-plan     = ["ledger", "metrics"]
    metrics-finalizer    = ["ledger", "metrics", "quarantine"]
    dlq-redrive          = ["ledger", "metrics", "quarantine"]
  }

  # Whose items each function may write in the ledger, by the first part of their partition keys. Nobody but metrics-finalizer writes a
  # timeline, so nobody else can rewrite one. Besides, each writes markers of its own. A list has every key of the function's
  # transactions, also of their condition checks and of the other table in them: that is all that DynamoDB can compare with it.
  ledger_kinds = {
    intake               = ["CHANGE", "CHANGES-BY", "CHANGES-OF"]
    intake-api           = []
    pm-review            = ["CHANGE", "PHASE-REVIEW"]
    engagement           = ["ENGAGEMENT", "PHASE-APPROVAL"]
    engagement-api       = ["ENGAGEMENT", "READER"]
    engagement-sweep     = ["ENGAGEMENT", "PHASE-APPROVAL"]
    approval-gate-start  = ["CHANGE"]
    approval-gate-open   = ["CHANGE"]
    approval-gate-expire = ["CHANGE"]
    approval-gate-sweep  = ["CHANGE"]
    approval-gate-decide = ["CHANGE", "DELEGATE", "DELEGATION", "ENGAGEMENT", "LOST-ROLES", "PHASE-APPROVAL", "STANDING"]
    permits-api          = ["CHANGE", "ENVIRONMENT"]
    metrics-finalizer    = ["CHANGE", "ENGAGEMENT", "ENVIRONMENT", "MODEL", "PRINCIPAL", "STANDING", "TIMELINE", "UNLOGGED"]
  }
  # Functions of the gate share a namespace of markers, beside that of each.
  own_markers = {
    for name in keys(local.ledger_kinds) : name => concat(
      ["MARKER#${name}#*"],
      contains(local.gate_functions, name) ? ["MARKER#approval-gate#*"] : [],
      name == "permits-api" ? ["MARKER#permits#*"] : [],
    )
  }

  # The roles that applies get. Their trust policies admit permits-api only.
  apply_roles     = [for e in var.environments : e.access.role_arn if e.access != null]
  permit_key_arns = [for name in var.security.permit_keys : aws_kms_key.permit[name].arn]
  in_kms          = length(local.permit_key_arns) > 0
  sign_statement  = local.in_kms ? { Sign = { actions = tolist(["kms:Sign", "kms:GetPublicKey"]), resources = tolist(local.permit_key_arns) } } : { PermitKey = { actions = tolist(["secretsmanager:GetSecretValue"]), resources = tolist([for name, arn in module.secrets.arns : arn if name == "permit-key"]) } }
  permit_variable = local.in_kms ? { HEADGATE_PERMIT_KEYS = jsonencode(local.permit_key_arns) } : { HEADGATE_PERMIT_SECRET = one([for name, arn in module.secrets.arns : arn if name == "permit-key"]) }
  apply_statement = length(local.apply_roles) == 0 ? {} : { Apply = { actions = ["sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession"], resources = local.apply_roles } }

  log_bucket     = var.record.bucket == null ? module.log[0].name : var.record.bucket
  log_bucket_arn = "arn:${data.aws_partition.this.partition}:s3:::${local.log_bucket}"
  log_files      = ["${local.log_bucket_arn}/checkpoint", "${local.log_bucket_arn}/tile/*"]
  # Without this permission, S3 answers 403 instead of 404 if an object does not exist.
  list_log      = { actions = ["s3:ListBucket"], resources = [local.log_bucket_arn] }
  log_variables = { HEADGATE_LOG_TABLE = module.ledger["log"].name, HEADGATE_LOG_BUCKET = local.log_bucket }

  # Statements that several functions share. DynamoDB authorizes the writes of a transaction as PutItem and
  # UpdateItem.
  read_ledger = { actions = ["dynamodb:GetItem", "dynamodb:Query"], resources = [module.ledger["ledger"].arn] }
  list_ledger = { actions = ["dynamodb:Query"], resources = ["${module.ledger["ledger"].arn}/index/listing"] }
  # What the fleet stores, and what others upload: each in a folder of their own.
  artifacts_arn = "${module.artifacts["artifacts"].arn}/sha256/*"
  uploads_arn   = "${module.artifacts["artifacts"].arn}/uploads/*"
  get_artifacts = { actions = ["s3:GetObject"], resources = [local.artifacts_arn, local.uploads_arn] }
  put_uploads   = { actions = ["s3:PutObject"], resources = [local.uploads_arn] }
  put_artifacts = { actions = ["s3:PutObject"], resources = [local.artifacts_arn] }
  # Without this permission, S3 answers 403 instead of 404 if an object does not exist.
  list_artifacts = { actions = ["s3:ListBucket"], resources = [module.artifacts["artifacts"].arn] }

  # What people hear of engagements: what waits for them, and what has ended.
  told_of_engagements = ["phase.requested", "phase.reminded", "phase.breached", "phase.completed", "interrupt.raised", "interrupt.reminded", "engagement.failed", "engagement.cancelled", "engagement.completed"]

  # Consumers of the bus.
  subscriptions = {
    intake = {
      concurrency = 5
      pattern     = { detail-type = [{ prefix = "change.proposed.v" }] }
    }
    pm-review = {
      concurrency = 5
      pattern = { "$or" = [
        { source = ["headgate.intake"], detail-type = [{ prefix = "change.accepted.v" }] },
        { source = ["headgate.engagement-api"], detail-type = [{ prefix = "phase.submitted.v" }] },
      ] }
    }
    engagement = {
      concurrency = 2
      pattern = { "$or" = [
        { source = ["headgate.pm-review"], detail-type = [{ prefix = "phase.reviewed.v" }] },
        { source = ["headgate.approval-gate-decide"], detail-type = [{ prefix = "phase.decided.v" }] },
      ] }
    }
    approval-gate-start = {
      concurrency = 5
      pattern = {
        "$or" = [
          {
            source      = ["headgate.pm-review"]
            detail-type = [{ prefix = "review.completed.v" }]
            detail      = { data = { verdict = ["pass"] } }
          },
          # A revision supersedes the one before: its workflow ends.
          {
            source      = ["headgate.intake"]
            detail-type = [{ prefix = "change.accepted.v" }]
            detail      = { data = { revision = [{ numeric = [">", 1] }] } }
          },
        ]
      }
    }
    approval-gate-notify = {
      concurrency = 2
      pattern = {
        source      = [{ prefix = "headgate.approval-gate-" }, "headgate.permits-api", { prefix = "headgate.engagement" }]
        detail-type = [for fact in concat(["approval.requested", "approval.reminded", "approval.decided", "lock.broken"], local.told_of_engagements) : { prefix = "${fact}.v" }]
      }
    }
    # Redrive requests and their results.
    dlq-redrive = {
      concurrency = 2
      pattern = {
        source      = [{ prefix = "headgate." }] # the bus lets only the fleet use these sources
        detail-type = [{ prefix = "redrive.requested.v" }, { prefix = "message.redriven.v" }]
      }
    }
    # The function checks who may request an evaluation and who may report a case.
    eval-runner-plan = {
      concurrency = 2
      pattern     = { detail-type = [for fact in ["requested", "case.completed", "sweep.requested"] : { prefix = "eval.${fact}.v" }] }
    }
    eval-runner-case = {
      concurrency = 10
      batch_size  = 1
      pattern = {
        source      = [{ prefix = "headgate.eval-runner-" }]
        detail-type = [{ prefix = "eval.case.requested.v" }]
      }
    }
    # Facts of an engagement are recorded together, because all of them change the end of its timeline. More concurrency would
    # mostly cause conflicts in fleets with few engagements; with several queues, facts of an engagement wait in the same one.
    metrics-finalizer = {
      concurrency = var.functions.recording.concurrency
      batch_size  = var.functions.recording.batch
      parts       = { queues = var.functions.recording.queues, overlap = var.functions.recording.overlap }
      # Who may send what stands here as well as in the bus's policy and in the code: what others send is on no timeline.
      pattern = { "$or" = concat(
        [
          {
            source      = [{ prefix = "headgate." }]
            detail-type = [for fact in ["change", "review", "approval", "permit", "lock", "delegation", "message", "redrive", "eval.run", "standing", "engagement", "phase", "interrupt"] : { prefix = "${fact}." }]
          },
          {
            source      = [{ prefix = "agent." }]
            detail-type = [for fact in ["change.proposed", "change.executed"] : { prefix = "${fact}.v" }]
          },
        ],
        [for source in var.senders.signals : { source = [source], detail-type = [{ prefix = "signal.recorded.v" }] }],
      ) }
    }
  }

  # Timeouts in seconds. Separate from `own`, because the queues also need them. One call of the AWS SDK ends after 15 seconds, so each
  # function has time to answer or to hand its messages back. API Gateway waits for 29 seconds.
  timeouts = {
    intake               = var.functions.consumer_timeout_seconds
    intake-api           = 29
    pm-review            = var.functions.consumer_timeout_seconds
    approval-gate-start  = var.functions.consumer_timeout_seconds
    approval-gate-open   = 50 # less than the 60 of the workflow's tasks
    approval-gate-expire = 50
    approval-gate-decide = 29
    approval-gate-notify = var.functions.consumer_timeout_seconds
    permits-api          = 29
    permits-heartbeat    = 29
    eval-runner-plan     = max(60, var.functions.consumer_timeout_seconds)
    eval-runner-case     = var.evaluations.case_timeout_seconds
    engagement           = var.functions.consumer_timeout_seconds
    engagement-api       = 29
    engagement-sweep     = 55
    approval-gate-sweep  = 55 # less than the minute until the next one
    outbox-sweeper       = 55
    transparency-log     = 55
    metrics-finalizer    = var.functions.consumer_timeout_seconds
    query-api            = 29
    dlq-handler          = var.functions.consumer_timeout_seconds
    dlq-redrive          = var.functions.consumer_timeout_seconds
    dlq-api              = 29
  }

  own = {
    intake = {
      variables  = merge(local.flow_variables, local.environments_variable, local.artifacts_variable, local.agents_variable)
      statements = { Artifacts = local.get_artifacts, ArtifactList = local.list_artifacts }
    }
    intake-api = {
      variables  = merge(local.flow_variables, local.auth_variables, local.environments_variable, local.artifacts_variable, local.agents_variable)
      statements = { Uploads = local.put_uploads }
    }
    pm-review = {
      variables = merge(local.flow_variables, local.environments_variable, local.artifacts_variable, local.team_variable, {
        HEADGATE_UNPROVEN_LANE = var.evaluations.standing.unproven
      })
      statements = merge(local.team_statement, { Artifacts = local.get_artifacts, Reports = local.put_artifacts, ArtifactList = local.list_artifacts })
    }
    engagement = {
      variables  = local.flow_variables
      statements = {}
    }
    engagement-api = {
      variables  = merge(local.flow_variables, local.auth_variables, local.environments_variable, local.agents_variable, local.types_variable, local.artifacts_variable)
      statements = { Documents = { actions = ["s3:GetObject"], resources = ["${module.artifacts["artifacts"].arn}/uploads/people/*"] }, ArtifactList = local.list_artifacts }
    }
    engagement-sweep = {
      variables  = local.flow_variables
      statements = { Listing = local.list_ledger }
    }
    approval-gate-start = {
      variables = merge(local.flow_variables, { HEADGATE_STATE_MACHINE_ARN = module.workflow.arn })
      statements = {
        Workflow = { actions = ["states:StartExecution"], resources = [module.workflow.arn] }
        Wake     = local.wake
      }
    }
    approval-gate-open = {
      variables  = local.flow_variables
      statements = { Wake = local.wake }
    }
    approval-gate-expire = {
      variables  = local.flow_variables
      statements = {}
    }
    approval-gate-decide = {
      variables = merge(local.flow_variables, local.auth_variables, local.environments_variable, local.artifacts_variable, local.team_variable)
      statements = merge(local.team_statement, {
        Delegations = { actions = ["dynamodb:Query", "dynamodb:ConditionCheckItem"], resources = [module.ledger["ledger"].arn] }
        Given       = local.list_ledger
        Wake        = local.wake
      })
    }
    permits-api = {
      variables = merge(local.flow_variables, local.auth_variables, local.environments_variable, local.artifacts_variable, local.team_variable, {
        HEADGATE_PERMIT_SECONDS = var.approvals.permit_seconds
      }, local.permit_variable)
      statements = merge(local.team_statement, local.sign_statement, local.apply_statement)
    }
    # It neither reads the signing key nor publishes, and changes nothing except locks.
    permits-heartbeat = {
      variables = merge(local.auth_variables, { HEADGATE_LEDGER_TABLE = module.ledger["ledger"].name })
      statements = {
        Permits = { actions = ["dynamodb:GetItem"], resources = [module.ledger["ledger"].arn], all_like = { "dynamodb:LeadingKeys" = ["CHANGE#*", "ENVIRONMENT#*"] } }
        Locks   = { actions = ["dynamodb:PutItem"], resources = [module.ledger["ledger"].arn], all_like = { "dynamodb:LeadingKeys" = ["ENVIRONMENT#*"] } }
      }
    }
    approval-gate-notify = {
      variables = merge(local.flow_variables, local.artifacts_variable, {
        HEADGATE_LEASES_TABLE   = module.ledger["leases"].name
        HEADGATE_TOPIC_ARN      = aws_sns_topic.notifications.arn
        HEADGATE_WEBHOOK_SECRET = module.secrets.arns["webhooks"]
      }, var.approvals.change_link == null ? {} : { HEADGATE_CHANGE_LINK = var.approvals.change_link })
      statements = {
        Changes  = { actions = ["dynamodb:GetItem"], resources = [module.ledger["ledger"].arn] }
        Receipts = { actions = ["dynamodb:PutItem", "dynamodb:UpdateItem"], resources = [module.ledger["ledger"].arn], all_like = { "dynamodb:LeadingKeys" = ["MARKER#approval-gate-notify#*"] } }
        Leases   = { actions = ["dynamodb:UpdateItem"], resources = [module.ledger["leases"].arn] }
        Notify   = { actions = ["sns:Publish"], resources = [aws_sns_topic.notifications.arn] }
        Webhooks = { actions = ["secretsmanager:GetSecretValue"], resources = [module.secrets.arns["webhooks"]] }
      }
    }
    approval-gate-sweep = {
      variables = merge(local.flow_variables, { HEADGATE_STATE_MACHINE_ARN = module.workflow.arn })
      statements = {
        Listing  = local.list_ledger
        Workflow = { actions = ["states:StartExecution", "states:ListExecutions"], resources = [module.workflow.arn] }
        # Executions are resources of their own, with the name of the state machine.
        Runs = { actions = ["states:DescribeExecution"], resources = ["${replace(module.workflow.arn, ":stateMachine:", ":execution:")}:*"] }
        Wake = local.wake
      }
    }
    # It publishes for every function, but can change nothing except markers.
    outbox-sweeper = {
      variables = {
        HEADGATE_BUS           = module.bus.name
        HEADGATE_OUTBOX_TABLES = jsonencode([for table in local.outboxes : table.name])
      }
      statements = {
        Markers = {
          actions   = ["dynamodb:GetItem", "dynamodb:UpdateItem"]
          resources = [for table in local.outboxes : table.arn]
          all_like  = { "dynamodb:LeadingKeys" = ["MARKER#*"] }
        }
        Listing = { actions = ["dynamodb:Query"], resources = [for table in local.outboxes : "${table.arn}/index/listing"] }
      }
    }
    # It reads timelines and changes nothing of them. Nobody else writes to the log's table and bucket, or reads its key.
    transparency-log = {
      variables = merge(local.log_variables, { HEADGATE_LEDGER_TABLE = module.ledger["ledger"].name, HEADGATE_LOG_SECRET = module.secrets.arns["log-key"] })
      statements = {
        Timelines = { actions = ["dynamodb:GetItem", "dynamodb:Query"], resources = [module.ledger["ledger"].arn], all_like = { "dynamodb:LeadingKeys" = ["TIMELINE#*"] } }
        ToLog     = merge(local.list_ledger, { all_like = { "dynamodb:LeadingKeys" = ["UNLOGGED#*"] } })
        Logged    = { actions = ["dynamodb:DeleteItem"], resources = [module.ledger["ledger"].arn], all_like = { "dynamodb:LeadingKeys" = ["UNLOGGED#*"] } }
        State     = { actions = ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:DeleteItem"], resources = [module.ledger["log"].arn] }
        Files     = { actions = ["s3:GetObject", "s3:PutObject"], resources = local.log_files }
        FileList  = local.list_log
        LogKey    = { actions = ["secretsmanager:GetSecretValue"], resources = [module.secrets.arns["log-key"]] }
      }
    }
    eval-runner-plan = {
      variables = merge(local.runs_variables, {
        HEADGATE_EVAL_MAX_USD              = tostring(var.evaluations.max_usd)
        HEADGATE_EVAL_REQUESTERS           = jsonencode(var.senders.evaluations)
        HEADGATE_EVAL_CASE_TIMEOUT_SECONDS = tostring(var.evaluations.case_timeout_seconds)
      })
      statements = {
        Runs         = { actions = ["dynamodb:GetItem", "dynamodb:Query"], resources = [module.ledger["metrics"].arn] }
        RunItems     = { actions = ["dynamodb:PutItem"], resources = [module.ledger["metrics"].arn], all_like = { "dynamodb:LeadingKeys" = ["RUN#*", "MARKER#eval-runner-plan#*"] } }
        RunMarkers   = { actions = ["dynamodb:UpdateItem"], resources = [module.ledger["metrics"].arn], all_like = { "dynamodb:LeadingKeys" = ["MARKER#eval-runner-plan#*"] } }
        Overdue      = { actions = ["dynamodb:Query"], resources = ["${module.ledger["metrics"].arn}/index/listing"] }
        Suites       = local.get_artifacts
        ArtifactList = local.list_artifacts
      }
    }
    eval-runner-case = {
      variables = merge(local.runs_variables, { HEADGATE_LEASES_TABLE = module.ledger["leases"].name })
      statements = merge(local.model_statements, {
        Runs         = { actions = ["dynamodb:GetItem"], resources = [module.ledger["metrics"].arn] }
        RunItems     = { actions = ["dynamodb:PutItem"], resources = [module.ledger["metrics"].arn], all_like = { "dynamodb:LeadingKeys" = ["RUN#*", "MODEL#*", "MARKER#eval-runner-case#*"] } }
        RunMarkers   = { actions = ["dynamodb:UpdateItem"], resources = [module.ledger["metrics"].arn], all_like = { "dynamodb:LeadingKeys" = ["MARKER#eval-runner-case#*"] } }
        Leases       = { actions = ["dynamodb:UpdateItem"], resources = [module.ledger["leases"].arn] }
        Suites       = local.get_artifacts
        Evidence     = local.put_artifacts
        Results      = { actions = ["s3:GetObject", "s3:PutObject"], resources = ["${module.artifacts["artifacts"].arn}/leases/*"] } # results of leases that are too large for an item
        ArtifactList = local.list_artifacts
      })
    }
    metrics-finalizer = {
      variables = merge(local.flow_variables, local.metrics_variable, {
        HEADGATE_SIGNAL_SOURCES = jsonencode(var.senders.signals)
        HEADGATE_SENDER_ROLES   = jsonencode(local.sender_roles)
        HEADGATE_OIDC_ISSUER    = var.oidc.issuer
        HEADGATE_STANDING = jsonencode({
          suites   = var.evaluations.standing.suites
          ceilings = { dry_run = var.evaluations.standing.dry_run, execute = var.evaluations.standing.execute }
          unproven = var.evaluations.standing.unproven
        })
      })
      statements = {
        Read    = { actions = ["dynamodb:BatchGetItem"], resources = [module.ledger["ledger"].arn, module.ledger["metrics"].arn] }
        Figures = { actions = ["dynamodb:GetItem", "dynamodb:PutItem"], resources = [module.ledger["metrics"].arn] }
      }
    }
    query-api = {
      variables = merge(local.metrics_variable, local.auth_variables, local.environments_variable, local.artifacts_variable, local.log_variables, {
        HEADGATE_LEDGER_TABLE     = module.ledger["ledger"].name
        HEADGATE_QUARANTINE_TABLE = module.ledger["quarantine"].name
      })
      statements = {
        Ledger   = { actions = ["dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:Query"], resources = [module.ledger["ledger"].arn] }
        Listing  = local.list_ledger
        Figures  = { actions = ["dynamodb:GetItem", "dynamodb:Query"], resources = [module.ledger["metrics"].arn] }
        Runs     = { actions = ["dynamodb:Query"], resources = ["${module.ledger["metrics"].arn}/index/listing"] }
        Messages = { actions = ["dynamodb:GetItem"], resources = [module.ledger["quarantine"].arn] }
        Groups   = local.list_quarantine
        Evidence = local.get_artifacts
        # Without it S3 answers 403 instead of 404 for evidence that is missing.
        EvidenceList = local.list_artifacts
        Places       = { actions = ["dynamodb:GetItem", "dynamodb:Query"], resources = [module.ledger["log"].arn] }
        Log          = { actions = ["s3:GetObject"], resources = local.log_files }
        LogList      = local.list_log
      }
    }
    dlq-handler = {
      variables = merge(local.quarantine_variables, local.quarantine_bucket_variable, local.runner_variables, {
        HEADGATE_BUILD        = local.builds["dlq-handler"]
        HEADGATE_LEASES_TABLE = module.ledger["leases"].name
        HEADGATE_TOPIC_ARN    = aws_sns_topic.notifications.arn
        HEADGATE_NAME_PREFIX  = local.prefix
      })
      statements = {
        Entries = local.write_quarantine
        Bodies  = { actions = ["s3:PutObject"], resources = [local.bodies_arn] }
        Leases  = { actions = ["dynamodb:UpdateItem"], resources = [module.ledger["leases"].arn] }
        Results = { actions = ["s3:GetObject", "s3:PutObject"], resources = ["${module.artifacts["quarantine"].arn}/leases/*"] } # results of leases that are too large for an item
        Notify  = { actions = ["sns:Publish"], resources = [aws_sns_topic.notifications.arn] }
        DeadLetters = {
          actions   = local.consume
          resources = concat([for name in keys(local.subscriptions) : "${local.queues_arn}${name}-dlq"], ["${local.queues_arn}undeliverable"])
        }
      }
    }
    dlq-redrive = {
      variables = merge(local.quarantine_variables, local.quarantine_bucket_variable, local.redrive_cap_variable)
      statements = {
        Entries = local.write_quarantine
        Listing = local.list_quarantine
        Bodies  = { actions = ["s3:GetObject"], resources = [local.bodies_arn] }
        # Without this permission, S3 answers 403 instead of 404 if a body no longer exists.
        BodyList = { actions = ["s3:ListBucket"], resources = [module.artifacts["quarantine"].arn] }
        Redrive = {
          actions   = ["sqs:SendMessage"]
          resources = [for name in keys(local.subscriptions) : "${local.queues_arn}${name}"]
        }
      }
    }
    dlq-api = {
      variables  = merge(local.quarantine_variables, local.redrive_cap_variable, local.auth_variables)
      statements = { Entries = local.write_quarantine, Listing = local.list_quarantine }
    }
  }

  write_quarantine = { actions = ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"], resources = [module.ledger["quarantine"].arn] }
  list_quarantine  = { actions = ["dynamodb:Query"], resources = ["${module.ledger["quarantine"].arn}/index/listing"] }
  # Object keys are this prefix and the object's digest.
  bodies_arn = "${module.artifacts["quarantine"].arn}/sha256/*"

  # The event source mapping receives and deletes messages. The function sets the delay before a retry.
  consume = tolist(["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ChangeMessageVisibility"])
  # SendTaskSuccess does not support resource ARNs. The task token identifies the task.
  wake = { actions = ["states:SendTaskSuccess"], resources = ["*"] }

  # Functions of the approval gate publish what another of them committed but could not publish any more. An event keeps
  # the source of the function that committed it.
  gate_functions = tolist(["approval-gate-start", "approval-gate-open", "approval-gate-expire", "approval-gate-decide", "approval-gate-sweep"])

  # Tables with an outbox in the marker of each transition.
  outboxes = [for name in ["ledger", "metrics", "quarantine"] : module.ledger[name]]

  publishers = setsubtract(keys(local.own), ["query-api", "permits-heartbeat", "transparency-log"])

  # Whose events a function publishes.
  speaks_for = { for name in local.publishers : name => name == "outbox-sweeper" ? sort(tolist(local.publishers)) : contains(local.gate_functions, name) ? local.gate_functions : tolist([name]) }

  functions = {
    for name, own in local.own : name => {
      timeout = local.timeouts[name]
      variables = merge(
        own.variables,
        contains(keys(local.subscriptions), name) ? merge(local.runner_variables, {
          HEADGATE_BUILD   = local.builds[name]
          HEADGATE_DLQ_URL = "https://sqs.${var.region}.amazonaws.com/${var.account_id}/${local.prefix}${name}-dlq"
        }) : {},
        contains(keys(local.origins), name) ? { HEADGATE_OUTBOX_TABLES = jsonencode([for table in local.origins[name] : module.ledger[table].name]) } : {},
      )
      statements = merge(
        own.statements,
        { for sid, statement in {
          Ledger = { actions = ["dynamodb:GetItem"], resources = [module.ledger["ledger"].arn], all_like = {} }
          LedgerItems = {
            actions   = ["dynamodb:PutItem"]
            resources = [module.ledger["ledger"].arn]
            all_like  = { "dynamodb:LeadingKeys" = concat([for kind in lookup(local.ledger_kinds, name, []) : "${kind}#*"], lookup(local.own_markers, name, [])) }
          }
          # The outbox of a marker is struck off when it is published.
          LedgerMarkers = {
            actions   = ["dynamodb:UpdateItem"]
            resources = [module.ledger["ledger"].arn]
            all_like  = { "dynamodb:LeadingKeys" = lookup(local.own_markers, name, []) }
          }
        } : sid => statement if contains(keys(local.ledger_kinds), name) },
        contains(local.publishers, name) ? {
          Publish = {
            actions   = ["events:PutEvents"]
            resources = [local.bus_arn]
            equals    = { "events:source" = [for f in local.speaks_for[name] : "headgate.${f}"] }
          }
        } : {},
        contains(keys(local.origins), name) ? {
          Origins = {
            actions   = ["dynamodb:GetItem", "dynamodb:BatchGetItem"]
            resources = [for table in local.origins[name] : module.ledger[table].arn]
            all_like  = { "dynamodb:LeadingKeys" = ["MARKER#*"] }
          }
        } : {},
        contains(keys(local.subscriptions), name) ? {
          Consume    = { actions = local.consume, resources = tolist([for n in range(try(local.subscriptions[name].parts.queues, 1)) : "${local.queues_arn}${name}${n == 0 ? "" : "-part-${n}"}"]) }
          DeadLetter = { actions = tolist(["sqs:SendMessage"]), resources = tolist(["${local.queues_arn}${name}-dlq"]) }
        } : {},
      )
    }
  }
}
