/** English texts of the help: every workflow step in our own words. */
export const help = {
  data: {
    what: 'Samples with the labels the network should learn to predict, divided into three splits: training to learn from, validation to tune on, test for one final evaluation.',
    why: 'A network can only learn what its samples show. Wrong labels, a missing class or the same sample in two splits distort every metric.',
    choose1: 'Look at fifty samples and their labels first; most errors are easy to see.',
    choose2: 'Use 10 to 20\u00a0% for validation; closer to 20\u00a0% with fewer than a thousand samples.',
    choose3: 'Stratify the split when classes are imbalanced, so that every split contains the rare ones.',
    choose4: 'Keep related samples, such as photos of one person or adjacent days of a series, in the same split.',
    choose5: 'Compute means, ranges and categories on the training split only, and apply them to the other splits.',
    choose6:
      'Your own data: drop a folder or a file anywhere on the window. Images need one folder per class; each table column gets a role: feature, label, split or ignored.',
    choose7:
      'Pre-transforms, on the right, run once and are kept on disk; changing one reruns the later ones. Variation from epoch to epoch belongs in Augment.',
    choose8: 'Follow one sample through the steps: select another one in the middle to see how they change it.',
    choose9:
      'Missing values: fill them with the median, and add an indicator column if being missing carries information.',
    avoid:
      'Checking the test split again and again: it becomes a second validation split and makes the model look better than it is.',
  },
  augment: {
    what: 'Small random changes to a training sample every time it is read: a shift, a rotation, some noise. The label stays the same.',
    why: 'The network sees many variants of each sample and learns what does not matter, so it relies less on accidental details. The effect is like having more data.',
    choose1: 'Use only changes that keep the label valid: a mirrored cat is a cat, a mirrored 3 is not a 3.',
    choose2: 'Start with mild changes and check the result; a sample you cannot recognize teaches nothing.',
    choose3:
      'Use it when training accuracy is well above validation accuracy; leave it off while the network cannot even fit the training split.',
    choose4: 'Normalization is not augmentation: it comes last and also applies in validation and inference.',
    choose5:
      'Check the extremes: each step at both ends of its range. If the label no longer holds there, narrow the range.',
    choose6:
      'When a run behaves strangely, replay its batches: they are shown exactly as fed to the network, with the random values drawn.',
    choose7:
      'MixUp and CutMix help with many classes and long training; labels become mixtures, so training accuracy looks lower than it is.',
    avoid: 'Augmenting validation samples too: runs would no longer be comparable.',
  },
  model: {
    what: 'Layers that turn an input into a prediction, each computing from the output of the layers before it. Parameters are the numbers inside them that training adjusts.',
    why: 'The architecture decides what is easy to learn: convolutions find a pattern anywhere in an image, linear layers combine all features, normalization keeps the scale stable.',
    choose1:
      'Images: convolutions with 3×3 kernels, halving the size and doubling the channels a few times, then pooling or Flatten and one or two Linear layers.',
    choose2: 'Tables: two or three Linear layers with 16 to 128 units are often enough.',
    choose3:
      'Put an activation such as ReLU after every layer with weights except the last; without it, several linear layers collapse into one.',
    choose4:
      'For classes, the last layer has one unit per class and no Softmax, because cross-entropy applies it. For a number, it has one unit.',
    choose5:
      'Start small. If training accuracy stays low, widen the layers; if only validation accuracy stays low, size is not the problem.',
    avoid: 'Flatten on a large image before a Linear layer: nearly all parameters end up there. Pool first.',
  },
  train: {
    what: 'Repeating one step: take a batch, compute the loss and its gradient for every parameter, and move all parameters slightly in the direction that lowers the loss. One pass over the training split is an epoch.',
    why: 'The same network turns out useless or excellent depending on a few settings, above all the learning rate.',
    choose1:
      'Learning rate: 0.001 with Adam, 0.01 to 0.1 with SGD and momentum. If the loss jumps or becomes NaN, divide by 3 to 10. If it falls slowly, multiply by 3.',
    choose2:
      'Batch size: 32 to 128. Larger is faster per sample; smaller is noisier and often generalizes a little better. With SGD, scale the learning rate with it.',
    choose3: 'Epochs: enough for the validation loss to flatten, with early stopping to end in time.',
    choose4:
      'Optimizer: start with Adam or AdamW. SGD with momentum and a schedule can end slightly better after more tuning.',
    choose5: 'Schedule: constant is fine for short runs; a cosine schedule often gains a little at the end.',
    choose6: 'Loss: cross-entropy for classes, mean squared error for numbers, Huber if there are a few outliers.',
    avoid: 'Changing several settings at once: you cannot tell which one helped.',
  },
  curves: {
    what: 'Training loss, measured on the batches just used for training, and validation loss, measured after each epoch on samples not used for training.',
    why: 'Their gap and their direction show what to change next, long before the run is over.',
    choose1: 'Both fall: keep going; more epochs may help.',
    choose2:
      'Training falls while validation rises: overfitting. Keep the best epoch; try augmentation, Dropout, weight decay or a smaller network.',
    choose3: 'Both stay high: underfitting. Try a larger network, a higher learning rate or longer training.',
    choose4:
      'Large jumps: the learning rate is too high or the batch too small. Flat from the start: it is too low, or labels and inputs do not match.',
    choose5:
      'Better validation than training in the first epochs is normal: training metrics are averaged while the network still changes, and Dropout is off in validation.',
    avoid: 'Judging by the last epoch: use the one with the best validation metric.',
  },
  evaluate: {
    what: 'Measuring the trained model on samples it was not trained on: overall, per class and per sample.',
    why: 'A single accuracy hides where a model fails. If 95\u00a0% of the data is one class, always predicting that class is 95\u00a0% accurate and useless.',
    choose1:
      'Imbalanced classes: check recall (how many samples of a class were found) and precision (how many predictions of that class were right).',
    choose2: 'Check the confusion matrix: a pair that is often mixed up needs more or clearer samples.',
    choose3: 'Look at the samples with the highest loss; many turn out to be mislabeled.',
    choose4:
      'Numbers instead of classes: the mean absolute error has the unit of the target; compare it with always predicting the mean.',
    avoid: 'Choosing settings by the test split: use it once, after all decisions are made.',
  },
  tune: {
    what: 'Training the same project several times with different settings and comparing the results on the validation split.',
    why: 'Good settings depend on the data; a few systematic trials beat a lot of guessing.',
    choose1: 'Try the learning rate first, on a logarithmic scale: 0.0001, 0.0003, 0.001, 0.003, 0.01.',
    choose2: 'Random search covers several settings better than a full grid with the same number of runs.',
    choose3: 'Give each trial a few epochs, drop the weak ones and train only the best to the end.',
    choose4: 'Repeat the best with other seeds; a difference smaller than their spread means nothing.',
    avoid: "Reporting the winner's validation metric as its quality: it was also selected for luck.",
  },
  infer: {
    what: 'Giving the trained model an input it has never seen and reading its prediction: a probability per class, or a number.',
    why: 'It is the first contact with reality: inputs that differ from the training data in position, brightness or scale cause errors here.',
    choose1: 'Compare the network input with the training samples: same size, same polarity, same centering.',
    choose2:
      "Read a probability as the model's confidence, not its correctness; unfamiliar inputs often get a high one.",
    choose3: 'Try easy, hard and absurd inputs; a classifier always predicts one of its classes.',
    choose4:
      'New images, rows and texts are preprocessed like the training data. For texts, check the unknown words: they all count as the same token.',
    avoid: 'Preprocessing an input differently from training: colors, scale and order must be the same.',
  },
  export: {
    what: 'Writing the trained network as an ONNX file: operators, weights and input preprocessing in one.',
    why: 'Any ONNX runtime can run it, on a server, in a browser or on a phone, without this app.',
    choose1: 'Use the weights of the best validation epoch, not those of the last.',
    choose2: 'Keep the preprocessing in the file, so it does not have to be reimplemented elsewhere.',
    choose3: 'Compare a few outputs with those of the trainer before you rely on the file.',
    avoid: 'Passing inputs that are already preprocessed: they would be preprocessed twice.',
  },
  runs: {
    what: 'Every training is kept as a run: the project at that time, its seeds, its metrics and the best weights.',
    why: 'A result counts only if you know how it was produced and can reproduce it.',
    choose1: 'Compare runs that differ in one setting.',
    choose2:
      'The same seed on the same machine gives the same curve; use several seeds before you call one setting better.',
    choose3: 'Judge by the best validation epoch, and prefer the smallest network that reaches it.',
    avoid: 'Keeping only the metrics: without their settings, results cannot be reproduced.',
  },
  curvesTitle: 'Reading the curves',
  topics: 'Topics',
  whatTitle: 'What it is',
  whyTitle: 'Why it matters',
  chooseTitle: 'How to choose',
  avoidTitle: 'Common mistakes',
  openScreen: 'Open {name}',
  keyboard: 'Keyboard',
  keyboardIntro:
    'Everything works without a mouse. These keys work on every screen; more are listed in menus and tooltips.',
  keys: 'Keys',
  action: 'Action',
  keyRegions: 'Next or previous region of the window',
  keyInside: 'Move within a list, bar or table',
  keyClose: 'Close the innermost panel or menu',
  keySteps: 'Change a number; with Shift ×10, with Alt ×0.1',
  licenses: 'Licenses of third-party software',
  licensesIntro:
    'Layerloom is released under the MIT license and contains the packages below. The Chromium notices are next to the desktop app, in LICENSES.chromium.html.',
  licensesSearch: 'Search by name or license',
  licensesCount: '{n} package | {n} packages',
  licensesNone: 'No package matches',
  licensesNoneText: 'Try another name or license, such as MIT.',
  licensesFailed: 'The licenses could not be loaded',
  licensesFailedText: 'The app build may be incomplete. THIRD-PARTY-NOTICES.txt contains the same texts.',
  licensesSource: 'Source code: {address}',
} as const
