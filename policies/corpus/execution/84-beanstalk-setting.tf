# An environment of Elastic Beanstalk has a MongoDB address with its password in a setting.
# Source: https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/AWSHowTo.secrets.env-vars.html
# Fault at: aws_elastic_beanstalk_configuration_template.seceb_fault
# Near miss at: aws_elastic_beanstalk_configuration_template.seceb_near

resource "aws_elastic_beanstalk_application" "seceb_app" {
  name = "shop-prod-seceb"
}

resource "aws_elastic_beanstalk_configuration_template" "seceb_fault" {
  name                = "shop-prod-seceb-fault"
  application         = aws_elastic_beanstalk_application.seceb_app.name
  solution_stack_name = "64bit Amazon Linux 2023 v4.3.0 running Python 3.11"

  setting {
    namespace = "aws:elasticbeanstalk:application:environment"
    name      = "STORE"
    value     = "mongodb+srv://shop:7c0FJ9OdaLaViOX6PLdw@cluster0.ab12c.mongodb.net/orders"
  }
}

resource "aws_elastic_beanstalk_configuration_template" "seceb_near" {
  name                = "shop-prod-seceb-near"
  application         = aws_elastic_beanstalk_application.seceb_app.name
  solution_stack_name = "64bit Amazon Linux 2023 v4.3.0 running Python 3.11"

  setting {
    namespace = "aws:elasticbeanstalk:application:environmentsecrets"
    name      = "STORE_PASSWORD"
    value     = "/shop-prod/store-password"
  }

  setting {
    namespace = "aws:elasticbeanstalk:application:environment"
    name      = "STORE"
    value     = "mongodb+srv://cluster0.ab12c.mongodb.net/orders?authMechanism=MONGODB-AWS"
  }
}
