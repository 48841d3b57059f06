terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100"
    }
  }
}

provider "aws" {
  region = "eu-central-1"

  default_tags {
    tags = {
      Owner       = "platform"
      Environment = "dev"
    }
  }
}

variable "queue_name" {
  description = "Queue to watch"
  type        = string
}

variable "topic_arn" {
  description = "Topic to notify"
  type        = string
}

resource "aws_cloudwatch_metric_alarm" "age" {
  alarm_name          = "${var.queue_name}-age"
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateAgeOfOldestMessage"
  dimensions          = { QueueName = var.queue_name }
  statistic           = "Maximum"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 300
  period              = 60
  evaluation_periods  = 3
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.topic_arn]
}
