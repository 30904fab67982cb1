using Noroshi.Evaluate;

if (args.Length < 2)
{
    Console.Error.WriteLine(
        $"usage: Noroshi.Evaluate {string.Join('|', Evaluations.All.Select(one => one.Word))}|all SPAM-ASSASSIN-FOLDER"
    );
    return 2;
}

var chosen = Evaluations.All.Where(one => args[0] == "all" || one.Word == args[0]).ToList();
if (chosen.Count == 0)
{
    Console.Error.WriteLine($"unknown: {args[0]}");
    return 2;
}

foreach (var evaluation in chosen)
{
    Console.WriteLine($"## {evaluation.Title}");
    Console.WriteLine();
    evaluation.Run(args[1], Console.Out);
    Console.WriteLine();
}

return 0;
