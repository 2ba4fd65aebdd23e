"""Why an exercise may not be held, in words."""

from collections.abc import Mapping

from command.core.errors import Words

EXERCISE_WORDS: Mapping[str, Words] = {
    "exercise.city": Words(
        "该方案自带虚构城市，不能对真实人员实施；请去掉 city 一项",
        "This file brings a made-up city; take `city` out to play it with real people",
        422,
    ),
    "exercise.name": Words(
        "演练编号只能用小写字母、数字和短横线，最多40个",
        "The name of an exercise: small letters, digits, dashes, 40 at most",
        422,
    ),
    "exercise.officer": Words("没有这名人员：{officer}", "There is no such officer: {officer}", 404),
    "exercise.no_officer": Words("请指定参演的值班人员", "Name the officers who take part", 422),
    "exercise.approval": Words(
        "不预告（双盲）演练须写明：批准人、安全官、中止规则、事先知情人；未建立",
        "An exercise without notice needs an approver, a safety officer, rules to stop it and who was told beforehand; none was made",
        422,
    ),
    "exercise.served": Words("演练正在开放，由服务端收尾，请稍候", "It is being served; the server closes it, one moment", 409),
    "exercise.gone": Words(
        "这场演练已结束或已删除，请回到集结页面", "This exercise is over or was deleted; go back to Muster", 410
    ),
    "exercise.not_yours": Words("您不在这场演练中", "You are not in this exercise", 403),
    "exercise.is_on": Words("演练正在进行，未删除；请先中止", "The exercise is on; stop it first. Nothing was deleted", 409),
    "exercise.not_made": Words(
        "上次没有建成，登记已退回；请重新建立", "It could not be made, and nobody is enrolled: try anew", 409
    ),
    "exercise.live_only": Words(
        "实战演练在实战实例的导调页建立和管理", "Exercises are made and kept in a live realm that is served", 404
    ),
    "import.exercise": Words("演练中不能导入人员；未导入", "No people are imported into an exercise; nothing was done", 403),
    "exercise.not_begun": Words("演练尚未开始", "The exercise has not begun", 409),
}
