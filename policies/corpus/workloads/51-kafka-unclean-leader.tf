# A broker that missed messages may become leader, which loses them for ever.
# Source: https://docs.aws.amazon.com/msk/latest/developerguide/msk-default-configuration.html
# Fault at: aws_msk_configuration.unclean_fault
# Near miss at: aws_msk_configuration.unclean_near

resource "aws_msk_configuration" "unclean_fault" {
  name              = "shop-prod-kafka-unclean"
  kafka_versions    = ["3.7.x"]
  server_properties = <<-EOT
    auto.create.topics.enable=false
    default.replication.factor=3
    min.insync.replicas=2
    unclean.leader.election.enable=true
  EOT
}

resource "aws_msk_configuration" "unclean_near" {
  name              = "shop-prod-kafka"
  kafka_versions    = ["3.7.x"]
  server_properties = <<-EOT
    auto.create.topics.enable=false
    default.replication.factor=3
    min.insync.replicas=2
    unclean.leader.election.enable=false
  EOT
}
