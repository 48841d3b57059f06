# A policy has the key Condition twice, and the second, empty one counts, so everybody may send to the queue.
# Source: CKV_AWS_168, https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
# Fault at: aws_sqs_queue_policy.dup_keys_fault
# Near miss at: aws_sqs_queue_policy.dup_keys_near

resource "aws_sqs_queue" "dup_keys" {
  for_each                = toset(["a", "b"])
  name                    = "shop-prod-dup-${each.key}"
  sqs_managed_sse_enabled = true
  redrive_allow_policy    = jsonencode({ redrivePermission = "denyAll" })
}

resource "aws_sqs_queue_policy" "dup_keys_fault" {
  queue_url = aws_sqs_queue.dup_keys["a"].url
  policy    = <<-JSON
    {
      "Version": "2012-10-17",
      "Statement": [{
        "Sid": "Company",
        "Effect": "Allow",
        "Condition": { "StringEquals": { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } },
        "Principal": "*",
        "Action": "sqs:SendMessage",
        "Resource": "arn:aws:sqs:*:*:shop-prod-dup-a",
        "Condition": {}
      }]
    }
  JSON
}

resource "aws_sqs_queue_policy" "dup_keys_near" {
  queue_url = aws_sqs_queue.dup_keys["b"].url
  policy    = <<-JSON
    {"Statement":{"Condition":{"StringEquals":
      {"aws:PrincipalOrgID":["o-a1b2c3d4e5"]}},"Resource":
      "arn:aws:sqs:*:*:shop-prod-dup-b","Principal":"*",
      "Action":["sqs:SendMessage"],"Effect":"Allow","Sid":"Company"},
     "Version":"2012-10-17"}
  JSON
}
