# Alarms
resource "aws_cloudwatch_metric_alarm" "cpu" {
  alarm_name          = "${var.prefix}-${var.name}-high-cpu"
  alarm_description   = "${var.name} uses more than 80 % of its CPU for ten minutes"
  namespace           = "AWS/ECS"
  metric_name         = "CPUUtilization"
  dimensions          = { ClusterName = var.cluster.name, ServiceName = var.name }
  statistic           = "Average"
  period              = 300
  evaluation_periods  = 2
  threshold           = 80
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.alarm_topic_arn]
  ok_actions          = [var.alarm_topic_arn]
}

# Over both groups, whichever is live: errors of green must ring while blue is still the one that counts.
resource "aws_cloudwatch_metric_alarm" "errors" {
  alarm_name          = "${var.prefix}-${var.name}-5xx"
  alarm_description   = "${var.name} answers with errors; a release of it goes back by this"
  evaluation_periods  = 1
  threshold           = 5
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.alarm_topic_arn]

  metric_query {
    id          = "errors"
    expression  = "SUM(METRICS())"
    label       = "5xx of ${var.name}"
    return_data = true
  }

  dynamic "metric_query" {
    for_each = aws_lb_target_group.this

    content {
      id = "side${metric_query.key}"

      metric {
        namespace   = "AWS/ApplicationELB"
        metric_name = "HTTPCode_Target_5XX_Count"
        dimensions  = { LoadBalancer = var.load_balancer.arn_suffix, TargetGroup = metric_query.value.arn_suffix }
        period      = 60
        stat        = "Sum"
      }
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "latency" {
  alarm_name          = "${var.prefix}-${var.name}-latency"
  alarm_description   = "${var.name} is slow; a release of it goes back by this"
  evaluation_periods  = 2
  threshold           = 2
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.alarm_topic_arn]

  metric_query {
    id          = "slowest"
    expression  = "MAX(METRICS())"
    label       = "p95 of ${var.name}, seconds"
    return_data = true
  }

  dynamic "metric_query" {
    for_each = aws_lb_target_group.this

    content {
      id = "side${metric_query.key}"

      metric {
        namespace   = "AWS/ApplicationELB"
        metric_name = "TargetResponseTime"
        dimensions  = { LoadBalancer = var.load_balancer.arn_suffix, TargetGroup = metric_query.value.arn_suffix }
        period      = 60
        stat        = "p95"
      }
    }
  }
}
