package grader

import rego.v1

evidence contains "there is no topic" if not input.hcl.resource.aws_sns_topic

evidence contains "the topic is not encrypted" if not input.hcl.resource.aws_sns_topic[_].kms_master_key_id

evidence contains "no queue is subscribed" if not input.hcl.resource.aws_sns_topic_subscription[_].protocol == "sqs"

evidence contains "the queue's policy does not check aws:SourceArn" if not contains(lower(input.answer), "aws:sourcearn")

score := 1 - (count(evidence) / 4)
