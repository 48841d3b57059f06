# Autoscaling may start five thousand tasks, which nobody could pay.
# Source: https://docs.aws.amazon.com/wellarchitected/latest/cost-optimization-pillar/, OWASP denial of wallet
# Fault at: aws_appautoscaling_target.bound_fault
# Near miss at: aws_appautoscaling_target.bound_near

resource "aws_appautoscaling_target" "bound_fault" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.work.name}/shop-prod-minhalf"
  min_capacity       = 2
  max_capacity       = 5000
}

resource "aws_appautoscaling_target" "bound_near" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.work.name}/shop-prod-fgmix"
  min_capacity       = 2
  max_capacity       = 20
}
