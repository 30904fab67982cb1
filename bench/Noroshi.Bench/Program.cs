using System.Globalization;
using Noroshi.Bench;
using Noroshi.Bench.Soak;

if (args is ["hostile", .. var rest])
{
    return await HostileSoak.Run(rest);
}

if (args is ["probes", .. var number])
{
    await ProbeBench.RunAsync(number.Length > 0 ? int.Parse(number[0], CultureInfo.InvariantCulture) : 1_000);
    return 0;
}

if (args is ["api-probes", .. var couples])
{
    await ApiProbeBench.RunAsync(couples.Length > 0 ? int.Parse(couples[0], CultureInfo.InvariantCulture) : 1_000);
    return 0;
}

if (args is ["slow-clients", .. var clients])
{
    await SlowBench.RunAsync(clients.Length > 0 ? int.Parse(clients[0], CultureInfo.InvariantCulture) : 1_000);
    return 0;
}

if (args is ["gate", .. var items])
{
    GateBench.Run(items.Length > 0 ? int.Parse(items[0], CultureInfo.InvariantCulture) : 1_000);
    return 0;
}

if (args is ["campaigns", .. var sizes])
{
    CampaignBench.Run(sizes.Length > 0 ? int.Parse(sizes[0], CultureInfo.InvariantCulture) : 100_000);
    return 0;
}

if (args is ["index", .. var wanted])
{
    IndexBench.Run(wanted.Length > 0 ? int.Parse(wanted[0], CultureInfo.InvariantCulture) : 1_000_000);
    return 0;
}

if (args is ["situation", var known, .. var held])
{
    SituationBench.Run(known, held.Length > 0 ? int.Parse(held[0], CultureInfo.InvariantCulture) : 20_000);
    return 0;
}

if (args is ["search", var mails, .. var made])
{
    await SearchBench.RunAsync(mails, made.Length > 0 ? int.Parse(made[0], CultureInfo.InvariantCulture) : 200_000);
    return 0;
}

if (args is ["import", var app, var imported, var story, var scratch])
{
    await ImportBench.RunAsync(app, imported, story, scratch);
    return 0;
}

if (args is ["documents", .. var batches])
{
    DocumentBench.Run(batches.Length > 0 ? int.Parse(batches[0], CultureInfo.InvariantCulture) : 7);
    return 0;
}

if (args.Length < 2)
{
    Console.Error.WriteLine(
        "usage: Noroshi.Bench parser FOLDER [ROUNDS] | jail WORKER [MAILS] | synthetic FOLDER [MAILS] | documents [BATCHES] | campaigns [MAILS] | index [MAILS] | probes [NUMBER] | api-probes [PAIRS] | slow-clients [NUMBER] | situation FOLDER [MAILS] | search FOLDER [MADE] | import APP FOLDER STORY SCRATCH | hostile ROOT [--record]"
    );
    return 2;
}

var count = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 0;
switch (args[0])
{
    case "parser":
        ParserBench.Run(args[1], count == 0 ? 5 : count);
        return 0;
    case "jail":
        await JailBench.Run(args[1], count == 0 ? 50 : count);
        return 0;
    case "synthetic":
        SyntheticMails.Write(args[1], count == 0 ? 2_000 : count);
        return 0;
    default:
        Console.Error.WriteLine($"unknown: {args[0]}");
        return 2;
}
