/** English texts of the help: every step of the workflow in our own words. */
export const help = {
  data: {
    what: 'Examples with the answers the network should learn to give, divided into three parts: training to learn from, validation to steer by, test to judge with once at the end.',
    why: 'A network can only learn what its examples show. Wrong labels, a missing class or the same sample in two parts spoil every figure that comes after.',
    choose1: 'Look at fifty samples with their labels before anything else; most faults can be seen.',
    choose2: 'Keep 10 to 20\u00a0% for validation; with fewer than a thousand samples rather 20\u00a0%.',
    choose3: 'Split by class where classes are uneven, so that each part has its share of the rare ones.',
    choose4:
      'Samples that belong together, such as photos of one person or neighbouring days of a series, go into the same part.',
    choose5: 'Take means, ranges and categories from the training part alone and treat the other parts with them.',
    choose6:
      'Your own data: drop a folder or a file anywhere on the window. Images lie in one folder per class; in a table the columns get a role: feature, label, split or ignored.',
    choose7:
      'Steps at the right are done once and kept on disk; a change does the later ones again. What should vary from epoch to epoch belongs to Augment.',
    choose8: 'Follow one sample through the steps: press another one in the middle to see what they do to it.',
    choose9: 'Gaps: fill them with the median and add an indicator where a missing value itself says something.',
    avoid: 'Looking at the test part again and again: it turns into a second validation part and flatters the model.',
  },
  augment: {
    what: 'Small random changes to a training sample each time it is read: a shift, a turn, some noise. The label stays the same.',
    why: 'The network meets many versions of each sample and learns what may vary, so it depends less on accidental detail. It works like having more data.',
    choose1:
      'Allow only changes after which you would still give the same label: a mirrored cat is a cat, a mirrored 3 is no 3.',
    choose2: 'Begin with weak changes and look at the result; a sample you cannot recognise teaches nothing.',
    choose3:
      'Use it when training accuracy is well above validation accuracy; leave it off while the network cannot even fit the training part.',
    choose4: 'Normalisation is no augmentation: it comes last, and also applies in validation and inference.',
    choose5:
      'Look at the corners: each step at the ends of its range. If you would not give the label there, narrow the range.',
    choose6:
      'When a run behaves oddly, replay its batches: they are shown exactly as they were fed, with the numbers drawn.',
    choose7:
      'MixUp and CutMix help with many classes and long training; labels become shares, so training accuracy looks worse than it is.',
    avoid: 'Changing validation samples as well: runs could no longer be compared.',
  },
  model: {
    what: 'Layers that turn an input into an answer, each computing from the output of those before it. Parameters are the numbers inside them that training sets.',
    why: 'Its form decides what is cheap to learn: convolutions find a pattern wherever it stands in an image, linear layers weigh everything together, normalisation keeps the scale steady.',
    choose1:
      'Images: convolutions with 3×3 kernels, halve the size and double the channels a few times, then pooling or Flatten and one or two Linear layers.',
    choose2: 'Tables: two or three Linear layers with 16 to 128 units are often enough.',
    choose3:
      'Put an activation such as ReLU after every layer with weights except the last; without it, several layers are no more than one.',
    choose4:
      'The last layer has one unit per class and no Softmax, because cross-entropy applies it itself. For a number it has one unit.',
    choose5:
      'Start smaller than you think. If training accuracy stays low, widen; if only validation stays low, size is not what is missing.',
    avoid: 'Flatten on a large image before a Linear layer: nearly all parameters end up there. Pool first.',
  },
  train: {
    what: 'Repeating one step: take a batch, compute the loss, work out how each parameter influences it, and move all of them a little downhill. One pass over the training part is an epoch.',
    why: 'The same network ends useless or excellent depending on a few numbers, above all the learning rate.',
    choose1:
      'Learning rate: 0.001 with Adam, 0.01 to 0.1 with SGD and momentum. Loss jumps or becomes NaN: divide by 3 to 10. Loss creeps: multiply by 3.',
    choose2:
      'Batch size: 32 to 128. Larger is faster per sample; smaller is noisier and often generalises a little better. With SGD, raise the learning rate along with it.',
    choose3: 'Epochs: enough for the validation loss to flatten, with early stopping to end in time.',
    choose4:
      'Optimizer: Adam or AdamW to begin with. SGD with momentum and a schedule can end slightly better after more tuning.',
    choose5: 'Schedule: constant is fine for short runs; cosine or one-cycle often gains a little at the end.',
    choose6: 'Loss: cross-entropy for classes, mean squared error for numbers, Huber where a few values lie far off.',
    avoid: 'Changing several settings at once: you no longer know which of them helped.',
  },
  curves: {
    what: 'Training loss, measured on the batches just learned from, and validation loss, measured after each epoch on samples the network never learns from.',
    why: 'Their distance and their direction tell what to change next, long before the run is over.',
    choose1: 'Both fall: keep going, more epochs may help.',
    choose2:
      'Training falls while validation rises: overfitting. Keep the best epoch; try augmentation, Dropout, weight decay or a smaller network.',
    choose3: 'Both stay high: underfitting. Try a larger network, a higher learning rate or longer training.',
    choose4:
      'Wild jumps: the learning rate is too high or the batch too small. Flat from the start: it is too low, or labels and inputs do not belong together.',
    choose5:
      'Validation ahead of training in the first epochs is normal: training figures are gathered while the network still changes, and Dropout is off in validation.',
    avoid: 'Judging by the last epoch: take the one with the best validation figure.',
  },
  evaluate: {
    what: 'Measuring the finished model on samples it has not learned from: overall, per class and sample by sample.',
    why: 'One accuracy hides where a model fails. Where 95\u00a0% of the data is one class, always naming that class is 95\u00a0% accurate and of no use.',
    choose1:
      'Uneven classes: read recall (how many of a class were found) and precision (how many of those named so were right).',
    choose2: 'Look at the confusions: a pair that is often mixed up needs more or clearer samples.',
    choose3: 'Look at the samples with the highest loss; many turn out to be labelled wrongly.',
    choose4:
      'Numbers instead of classes: the mean absolute error reads in the unit of the target; compare it with always predicting the mean.',
    avoid: 'Choosing settings by the test part: open it once, when all decisions are made.',
  },
  tune: {
    what: 'Training the same project several times with different settings and comparing the results on the validation part.',
    why: 'Good settings depend on the data; a few systematic trials beat long guessing.',
    choose1: 'Try the learning rate first, on a logarithmic scale: 0.0001, 0.0003, 0.001, 0.003, 0.01.',
    choose2: 'Random trials cover several settings better than a full grid with the same number of runs.',
    choose3: 'Give each trial few epochs, drop the weak ones and train only the best in full.',
    choose4: 'Repeat the best with other seeds; a difference smaller than their spread means nothing.',
    avoid: 'Reporting the validation figure of the winner as its quality: it was chosen for being lucky there as well.',
  },
  infer: {
    what: 'Giving the trained model an input it has never seen and reading its answer, as a probability for each class or as a number.',
    why: 'It is the first contact with reality: inputs that differ from the training data in position, brightness or scale show here.',
    choose1: 'Compare what the network was fed with the training samples: same size, same polarity, same centring.',
    choose2:
      'Read a probability as the confidence of the model, not as its correctness; unfamiliar inputs often get a high one.',
    choose3: 'Try easy, hard and absurd inputs; a classifier always names one of its classes.',
    choose4:
      'New images, rows and texts are prepared as those of the training were. Of a text look at the words it does not know: they all count as the same one.',
    avoid: 'Preparing an input differently from training: colours, scale and order must be the same.',
  },
  export: {
    what: 'Writing the trained network as an ONNX file: the operators, the weights and the preparation of the input in one.',
    why: 'Any ONNX runtime can run it, on a server, in a browser or on a phone, without this app.',
    choose1: 'Take the weights of the best validation epoch, not those of the last.',
    choose2: 'Keep the preparation of the input inside the file, so that nobody has to rebuild it elsewhere.',
    choose3: 'Compare a few outputs with those of the trainer before you rely on the file.',
    avoid: 'Feeding the file with inputs that were already prepared once: they would be prepared twice.',
  },
  runs: {
    what: 'Every training is kept as a run: the project as it was, its seeds, its metrics and the best weights.',
    why: 'A result counts only if you can tell how it came about and get it again.',
    choose1: 'Compare runs that differ in one thing.',
    choose2:
      'The same seed on the same machine gives the same curve; use several seeds before you call one setting better.',
    choose3: 'Judge by the best validation epoch, and prefer the smallest network that reaches it.',
    avoid: 'Keeping only the figures: without the settings that made them they cannot be repeated.',
  },
  curvesTitle: 'Reading the curves',
  topics: 'Topics',
  whatTitle: 'What it is',
  whyTitle: 'Why it matters',
  chooseTitle: 'How to choose',
  avoidTitle: 'Easy to get wrong',
  openScreen: 'Open {name}',
  keyboard: 'Keyboard',
  keyboardIntro:
    'Everything works without a mouse. These keys hold in every screen; further ones stand in menus and tooltips.',
  keys: 'Keys',
  action: 'Action',
  keyRegions: 'Next or previous region of the window',
  keyInside: 'Move inside a list, a bar or a table',
  keyClose: 'Close the innermost thing',
  keySteps: 'Step a number; with Shift tenfold, with Alt a tenth',
  licenses: 'Licenses of third-party software',
  licensesIntro:
    'Layerloom is published under the MIT license and contains the packages below. The notices of Chromium lie beside the desktop app, in LICENSES.chromium.html.',
  licensesSearch: 'Search by name or license',
  licensesCount: '{n} package | {n} packages',
  licensesNone: 'No package matches',
  licensesNoneText: 'Try another name or license, such as MIT.',
  licensesFailed: 'The licenses could not be loaded',
  licensesFailedText: 'The app may not be built completely. The file THIRD-PARTY-NOTICES.txt has the same texts.',
  licensesSource: 'Source code: {address}',
} as const
