# The environment listens on plain HTTP and its TLS listener allows TLS 1.0.
# Source: CKV_AWS_312 (related), https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/configuring-https-elb.html
# Fault at: aws_elastic_beanstalk_environment.beanstalk_fault
# Near miss at: aws_elastic_beanstalk_environment.beanstalk_near

resource "aws_acm_certificate" "beanstalk" {
  domain_name       = "beanstalk.shop.example"
  validation_method = "DNS"
  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_elastic_beanstalk_application" "beanstalk" {
  name = "shop-prod-beanstalk"
}

locals {
  beanstalk_common = {
    "aws:elasticbeanstalk:environment|LoadBalancerType"         = "application"
    "aws:elasticbeanstalk:healthreporting:system|SystemType"    = "enhanced"
    "aws:elasticbeanstalk:managedactions|ManagedActionsEnabled" = "true"
    "aws:elasticbeanstalk:cloudwatch:logs|StreamLogs"           = "true"
    "aws:autoscaling:launchconfiguration|DisableIMDSv1"         = "true"
  }
}

resource "aws_elastic_beanstalk_environment" "beanstalk_fault" {
  name                = "shop-prod-shopfront"
  application         = aws_elastic_beanstalk_application.beanstalk.name
  solution_stack_name = "64bit Amazon Linux 2023 v4.3.0 running Python 3.12"
  dynamic "setting" {
    for_each = merge(local.beanstalk_common, {
      "aws:elbv2:listener:default|ListenerEnabled" = "true"
      "aws:elbv2:listener:default|Protocol"        = "HTTP"
      "aws:elbv2:listener:443|Protocol"            = "HTTPS"
      "aws:elbv2:listener:443|SSLPolicy"           = "ELBSecurityPolicy-2016-08"
    })
    content {
      namespace = split("|", setting.key)[0]
      name      = split("|", setting.key)[1]
      value     = setting.value
    }
  }
}

resource "aws_elastic_beanstalk_environment" "beanstalk_near" {
  name                = "shop-prod-backoffice"
  application         = aws_elastic_beanstalk_application.beanstalk.name
  solution_stack_name = "64bit Amazon Linux 2023 v4.3.0 running Python 3.12"
  dynamic "setting" {
    for_each = merge(local.beanstalk_common, {
      "aws:elbv2:listener:default|ListenerEnabled" = "false"
      "aws:elbv2:listener:default|Protocol"        = "HTTP"
      "aws:elbv2:listener:443|Protocol"            = "HTTPS"
      "aws:elbv2:listener:443|SSLPolicy"           = "ELBSecurityPolicy-TLS13-1-2-2021-06"
    })
    content {
      namespace = split("|", setting.key)[0]
      name      = split("|", setting.key)[1]
      value     = setting.value
    }
  }
}
